package dev.ringdraft.app.config;

import java.time.Duration;

/**
 * Where events are kept.
 *
 * @param data of the embedded PostgreSQL, and what the program stores itself
 * @param database another PostgreSQL, if one is given
 * @param startTimeout how long the start waits for that database
 */
public record StorageSettings(DataSettings data, DatabaseKeys database, Duration startTimeout) {
  /** As long as it takes, which is at most a hundred years. */
  public static final Duration UNTIL_IT_ANSWERS = Duration.ofDays(36_500);

  private static final int LONGEST_SECONDS = 86_400;

  /** With a start that waits until the database answers. */
  public StorageSettings(DataSettings data, DatabaseKeys database) {
    this(data, database, UNTIL_IT_ANSWERS);
  }

  /** The embedded PostgreSQL. */
  public static StorageSettings defaults() {
    return new StorageSettings(DataSettings.defaults(), DatabaseKeys.defaults());
  }

  static StorageSettings read(GivenValues values) {
    return new StorageSettings(
        DataSettings.read(values), DatabaseKeys.read(values), startTimeout(values));
  }

  private static Duration startTimeout(GivenValues values) {
    return values.has(Key.DATABASE_START_TIMEOUT)
        ? Duration.ofSeconds(values.number(Key.DATABASE_START_TIMEOUT, 1, LONGEST_SECONDS))
        : UNTIL_IT_ANSWERS;
  }
}
