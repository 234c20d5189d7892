package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.Configuration;

/** The commands that start a server. Each returns when the server has stopped. */
public interface Commands {
  /** Serves drafts until the program is stopped. */
  ExitCode serve(Configuration configuration);

  /** Puts a server of its own under load, for the AOT cache that the next ones start with. */
  ExitCode train();
}
