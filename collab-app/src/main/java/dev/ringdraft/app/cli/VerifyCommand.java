package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.draft.DraftId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code verify}: its options are one draft, and the table of keys. */
@Command(
    name = VerifyCommand.NAME,
    description = {
      "Replay the log of every draft in the database, and report revisions, positions and holders that cannot follow,"
          + " and heads and members that are not as the log says. Changes nothing; servers may work meanwhile."
    },
    footer = {
      "",
      "Exit codes: 0 no fault; 1 faults, or the database can't be used; 2 refused arguments."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class VerifyCommand extends KeyCommand {
  static final String NAME = "verify";

  private final Commands commands;

  @Option(
      names = "--draft",
      paramLabel = "ID",
      converter = DraftConverter.class,
      description = "this draft alone")
  private @Nullable DraftId draft;

  VerifyCommand(Commands commands, Map<String, String> environment) {
    super(environment);
    this.commands = commands;
  }

  @Override
  ExitCode execute(Configuration configuration) {
    return commands.verify(configuration, draft);
  }

  /** Reads a draft id. */
  static final class DraftConverter implements ITypeConverter<DraftId> {
    @Override
    public DraftId convert(String value) {
      try {
        return new DraftId(value);
      } catch (IllegalArgumentException unusable) {
        throw new TypeConversionException(String.valueOf(unusable.getMessage()));
      }
    }
  }
}
