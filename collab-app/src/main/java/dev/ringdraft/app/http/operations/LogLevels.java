package dev.ringdraft.app.http.operations;

import dev.ringdraft.app.config.LogSettings.Level;
import java.util.SortedMap;

/**
 * The levels of the server's own loggers while it runs. A logger without a level has that of the
 * nearest one above it. Safe for use by many threads.
 */
public interface LogLevels {
  /** The loggers that have a level, with its name in lower case. */
  SortedMap<String, String> all();

  /**
   * Gives a logger a level, until the server stops.
   *
   * @return whether it may have one: it is the server's own, and not the audit log
   */
  boolean set(String logger, Level level);

  /**
   * Gives a logger the level back that the configuration says.
   *
   * @return as {@link #set}
   */
  boolean reset(String logger);
}
