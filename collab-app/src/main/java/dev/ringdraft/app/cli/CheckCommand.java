package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.EffectiveValue;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code check}: its options are the table of keys. */
@Command(
    name = CheckCommand.NAME,
    description = {
      "Print the configuration as a server would take it, without secrets, and check files, keys"
          + " and the database. Starts nothing and changes nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand extends KeyCommand {
  static final String NAME = "check";

  private final Commands commands;

  CheckCommand(Commands commands, Map<String, String> environment) {
    super(environment);
    this.commands = commands;
  }

  @Override
  ExitCode execute(Configuration configuration) {
    PrintWriter out = commandLine().getOut();
    ParseResult options = commandLine().getParseResult();
    for (EffectiveValue value : Configuration.effective(options, environment())) {
      String origin = value.origin().isEmpty() ? "" : "  (" + value.origin() + ")";
      out.println("%s=%s%s".formatted(value.key(), value.text(), origin));
    }
    out.flush();
    return commands.check(configuration);
  }
}
