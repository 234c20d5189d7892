package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that takes the keys of the configuration, besides options of its own. */
abstract class KeyCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  /**
   * @param environment the variables, which may give keys
   */
  KeyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public final Integer call() {
    return execute(Configuration.read(commandLine().getParseResult(), environment)).code();
  }

  /** Executes it with the keys that were given. */
  abstract ExitCode execute(Configuration configuration);

  final Map<String, String> environment() {
    return environment;
  }

  final CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    return spec.commandLine();
  }
}
