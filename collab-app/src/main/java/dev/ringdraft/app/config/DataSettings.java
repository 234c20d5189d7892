package dev.ringdraft.app.config;

import java.nio.file.Path;

/**
 * Where the program keeps what it stores itself.
 *
 * @param folder relative to the working folder unless absolute
 */
public record DataSettings(Path folder) {
  /** The folder {@code ./data}. */
  public static DataSettings defaults() {
    return new DataSettings(Path.of("./data"));
  }

  static DataSettings read(GivenValues values) {
    return new DataSettings(values.path(Key.DATA_DIR));
  }
}
