package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code serve}: its options are the table of keys, which {@link RingdraftCommand} adds. */
@Command(
    name = ServeCommand.NAME,
    description = "Serve drafts until the program is stopped; the default.",
    customSynopsis = ServeCommand.SYNOPSIS,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand extends KeyCommand {
  static final String NAME = "serve";
  static final String SYNOPSIS = "ringdraft [serve] [--config FILE] [--KEY VALUE ...]";

  private final Commands commands;

  ServeCommand(Commands commands, Map<String, String> environment) {
    super(environment);
    this.commands = commands;
  }

  @Override
  ExitCode execute(Configuration configuration) {
    return commands.serve(configuration);
  }
}
