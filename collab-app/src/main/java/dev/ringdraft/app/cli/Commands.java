package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.draft.DraftId;
import org.jspecify.annotations.Nullable;

/** The commands that need a server, or parts of one. Each returns at its end. */
public interface Commands {
  /** Serves drafts until the program is stopped. */
  ExitCode serve(Configuration configuration);

  /** Brings the schema of the database up to date. */
  ExitCode migrate(Configuration configuration);

  /** Checks the files, the keys and the database of a configuration. */
  ExitCode check(Configuration configuration);

  /**
   * Verifies the log, the head and the members of stored drafts.
   *
   * @param draft null for all drafts
   */
  ExitCode verify(Configuration configuration, @Nullable DraftId draft);

  /**
   * Runs a server of its own, for the AOT cache or the class archive that the next ones start with.
   *
   * @param underLoad whether it learns from a load, besides from its start
   */
  ExitCode train(boolean underLoad);
}
