package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.EffectiveValue;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code check}: its options are the table of keys. */
@Command(
    name = CheckCommand.NAME,
    description = {
      "Print the configuration as a server would take it, without secrets, and check files, keys"
          + " and the database. Starts nothing and changes nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  static final String NAME = "check";

  private final Commands commands;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  CheckCommand(Commands commands, Map<String, String> environment) {
    this.commands = commands;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    ParseResult options = spec.commandLine().getParseResult();
    Configuration configuration = Configuration.read(options, environment);
    PrintWriter out = spec.commandLine().getOut();
    for (EffectiveValue value : Configuration.effective(options, environment)) {
      String origin = value.origin().isEmpty() ? "" : "  (" + value.origin() + ")";
      out.println("%s=%s%s".formatted(value.key(), value.text(), origin));
    }
    out.flush();
    return commands.check(configuration).code();
  }
}
