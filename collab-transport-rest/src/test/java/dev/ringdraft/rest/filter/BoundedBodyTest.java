package dev.ringdraft.rest.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.config.BodySettings;
import dev.ringdraft.rest.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private final AtomicLong nanoTime = new AtomicLong();

  private BoundedBody body(int bytes, int announced) {
    return new BoundedBody(
        new ByteArrayInputStream(new byte[bytes]),
        announced,
        new BodySettings(10, Duration.ofMillis(100)),
        nanoTime::get);
  }

  @Test
  void a_body_may_be_as_large_as_the_limit() throws IOException {
    assertEquals(10, body(10, -1).readAllBytes().length);
  }

  @Test
  void a_body_may_not_be_larger() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> body(11, -1).readAllBytes());
    assertEquals(ProblemCode.CONTENT_TOO_LARGE, refused.problem().code());
  }

  @Test
  void a_body_ends_where_it_was_announced_to_end() throws IOException {
    assertEquals(4, body(10, 4).readAllBytes().length);
    BoundedBody single = body(10, 1);
    assertEquals(0, single.read());
    assertEquals(-1, single.read());
  }

  @Test
  void a_body_may_not_take_longer_than_the_deadline() throws IOException {
    BoundedBody body = body(10, -1);
    nanoTime.set(100_000_000);
    assertEquals(0, body.read());
    nanoTime.set(100_000_001);
    ProblemException refused = assertThrows(ProblemException.class, body::read);
    assertEquals(ProblemCode.REQUEST_TIMEOUT, refused.problem().code());
  }
}
