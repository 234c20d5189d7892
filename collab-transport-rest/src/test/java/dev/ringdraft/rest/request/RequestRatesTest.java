package dev.ringdraft.rest.request;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.problem.Problem;
import dev.ringdraft.rest.problem.ProblemCode;
import dev.ringdraft.rest.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRatesTest {
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");

  private final AtomicLong nanos = new AtomicLong();
  private final RequestRates rates = new RequestRates(new RateSettings(2, 4), nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void exhaust(UserId user, int requests) {
    for (int i = 0; i < requests; i++) {
      rates.count(user);
    }
    assertThrows(ProblemException.class, () -> rates.count(user));
  }

  @Test
  void the_defaults_are_these() {
    assertEquals(new RateSettings(50, 100), RateSettings.defaults());
  }

  @Test
  void after_a_rest_a_burst_may_come_and_then_so_many_a_second() {
    exhaust(ANA, 4);
    pass(Duration.ofSeconds(1));
    exhaust(ANA, 2);
    pass(Duration.ofHours(1));
    exhaust(ANA, 4);
  }

  @Test
  void whoever_is_too_quick_is_told_when_to_come_back() {
    exhaust(ANA, 4);
    Problem problem = assertThrows(ProblemException.class, () -> rates.count(ANA)).problem();
    assertEquals(ProblemCode.RATE_LIMITED, problem.kind());
    assertEquals("1", problem.headers().get("Retry-After"));
    assertEquals(2, problem.values().get("limit"));
  }

  @Test
  void users_and_addresses_do_not_use_up_what_is_another_s() {
    exhaust(ANA, 4);
    assertDoesNotThrow(() -> rates.count(BEN));
    assertDoesNotThrow(() -> rates.count("ana"));
  }
}
