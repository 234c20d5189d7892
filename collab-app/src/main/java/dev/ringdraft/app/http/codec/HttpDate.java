package dev.ringdraft.app.http.codec;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The value of {@code Date} header fields (RFC 9110, section 5.6.7), formatted once a second. Safe
 * for use by many threads.
 */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private volatile Formatted latest = new Formatted(Long.MIN_VALUE, "");

  private record Formatted(long second, String text) {}

  HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  /** The time now. */
  String now() {
    Instant now = clock.instant();
    Formatted formatted = latest;
    if (formatted.second != now.getEpochSecond()) {
      formatted = new Formatted(now.getEpochSecond(), FORMAT.format(now));
      latest = formatted;
    }
    return formatted.text;
  }
}
