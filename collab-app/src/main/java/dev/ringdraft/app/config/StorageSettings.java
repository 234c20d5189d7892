package dev.ringdraft.app.config;

/**
 * Where events are kept.
 *
 * @param data of the embedded PostgreSQL, and what the program stores itself
 * @param database another PostgreSQL, if one is given
 */
public record StorageSettings(DataSettings data, DatabaseKeys database) {
  /** The embedded PostgreSQL. */
  public static StorageSettings defaults() {
    return new StorageSettings(DataSettings.defaults(), DatabaseKeys.defaults());
  }

  static StorageSettings read(GivenValues values) {
    return new StorageSettings(DataSettings.read(values), DatabaseKeys.read(values));
  }
}
