package dev.ringdraft.app.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the server logs, and in which form. */
public record LogSettings(Level level, Format format) {
  /** The least severe lines that are logged; the audit log is not filtered. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** The form of a line. */
  public enum Format {
    /** Time, level, source and message, for people. */
    TEXT,
    /** An object with the fields of the Elastic Common Schema, for machines. */
    JSON
  }

  /** Information, as text. */
  public static LogSettings defaults() {
    return new LogSettings(Level.INFO, Format.TEXT);
  }

  static LogSettings read(GivenValues values) {
    return new LogSettings(
        oneOf(values, Key.LOG_LEVEL, Level.values()),
        oneOf(values, Key.LOG_FORMAT, Format.values()));
  }

  private static <E extends Enum<E>> E oneOf(GivenValues values, Key key, E[] all) {
    String given = values.text(key).toUpperCase(Locale.ROOT);
    return Arrays.stream(all)
        .filter(each -> each.name().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                values.refused(
                    key,
                    Arrays.stream(all)
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }
}
