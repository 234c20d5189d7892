package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code migrate}: its options are the table of keys. */
@Command(
    name = MigrateCommand.NAME,
    description = {
      "Bring the schema of the database up to date, and end. A server does so at its start; with"
          + " this command, servers can run as a role that may not change the schema."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MigrateCommand implements Callable<Integer> {
  static final String NAME = "migrate";

  private final Commands commands;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  MigrateCommand(Commands commands, Map<String, String> environment) {
    this.commands = commands;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    return commands
        .migrate(Configuration.read(spec.commandLine().getParseResult(), environment))
        .code();
  }
}
