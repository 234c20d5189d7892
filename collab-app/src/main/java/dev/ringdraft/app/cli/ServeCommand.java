package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: its options are the table of keys, which {@link RingdraftCommand} adds. */
@Command(
    name = ServeCommand.NAME,
    description = "Serve drafts until the program is stopped; the default.",
    customSynopsis = ServeCommand.SYNOPSIS,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  static final String NAME = "serve";
  static final String SYNOPSIS = "ringdraft [serve] [--config FILE] [--KEY VALUE ...]";

  private final Commands commands;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  ServeCommand(Commands commands, Map<String, String> environment) {
    this.commands = commands;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    return commands
        .serve(Configuration.read(spec.commandLine().getParseResult(), environment))
        .code();
  }
}
