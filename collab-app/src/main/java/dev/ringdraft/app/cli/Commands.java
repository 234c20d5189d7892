package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;

/** The commands that start a server. Each returns when the server has stopped. */
public interface Commands {
  /** Serves drafts until the program is stopped. */
  ExitCode serve(Configuration configuration);

  /**
   * Runs a server of its own, for the AOT cache or the class archive that the next ones start with.
   *
   * @param underLoad whether it learns from a load, besides from its start
   */
  ExitCode train(boolean underLoad);
}
