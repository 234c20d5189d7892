package dev.ringdraft.wire;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How an instant is written: RFC 3339, UTC, three digits of a second, {@code Z}. */
public final class WireInstant {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private WireInstant() {}

  public static String of(Instant instant) {
    return MILLISECONDS.format(instant);
  }
}
