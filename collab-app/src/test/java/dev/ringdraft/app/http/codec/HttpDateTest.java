package dev.ringdraft.app.http.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T08:49:37.900Z"));
  private final HttpDate date = new HttpDate(now::get);

  @Test
  void a_date_is_an_imf_fixdate() {
    assertEquals("Mon, 30 Nov 2026 08:49:37 GMT", date.now());
  }

  @Test
  void the_date_follows_the_clock_in_both_directions() {
    date.now();
    now.set(Instant.parse("2026-12-01T00:00:00Z"));
    assertEquals("Tue, 01 Dec 2026 00:00:00 GMT", date.now());
    now.set(Instant.parse("2026-11-30T23:59:59.999Z"));
    assertEquals("Mon, 30 Nov 2026 23:59:59 GMT", date.now());
  }
}
