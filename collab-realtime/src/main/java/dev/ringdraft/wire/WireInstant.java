package dev.ringdraft.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * How an instant is written: RFC 3339, UTC, three digits of a second, {@code Z}.
 *
 * <p>By hand where the year has four digits, because a page of events holds a thousand of them; a
 * formatter, which can do more and takes longer, writes the others.
 */
public final class WireInstant {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final int LAST_YEAR = 9999;

  private WireInstant() {}

  public static String of(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      return MILLISECONDS.format(instant);
    }
    byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
    digits(time.getYear(), text, 3);
    digits(time.getMonthValue(), text, 6);
    digits(time.getDayOfMonth(), text, 9);
    digits(time.getHour(), text, 12);
    digits(time.getMinute(), text, 15);
    digits(time.getSecond(), text, 18);
    digits(time.getNano() / 1_000_000, text, 22);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes a number over zeros, its last digit there. */
  private static void digits(int number, byte[] text, int last) {
    int at = last;
    for (int left = number; left > 0; left /= 10) {
      text[at--] += (byte) (left % 10);
    }
  }
}
