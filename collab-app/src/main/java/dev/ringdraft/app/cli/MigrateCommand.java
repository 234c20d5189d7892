package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code migrate}: its options are the table of keys. */
@Command(
    name = MigrateCommand.NAME,
    description = {
      "Bring the schema of the database up to date, and end. A server does so at its start; with"
          + " this command, servers can run as a role that may not change the schema."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MigrateCommand extends KeyCommand {
  static final String NAME = "migrate";

  private final Commands commands;

  MigrateCommand(Commands commands, Map<String, String> environment) {
    super(environment);
    this.commands = commands;
  }

  @Override
  ExitCode execute(Configuration configuration) {
    return commands.migrate(configuration);
  }
}
