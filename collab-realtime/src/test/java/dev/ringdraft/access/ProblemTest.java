package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of errors that clients rely on. */
final class ProblemTest {
  @ParameterizedTest
  @CsvSource({
    "400, validation_error",
    "400, malformed_json",
    "401, unauthenticated",
    "403, forbidden",
    "403, ring_required",
    "403, origin_not_allowed",
    "404, not_found",
    "409, ring_moved",
    "409, draft_not_active",
    "409, already_member",
    "409, not_a_member",
    "409, recipient_cannot_write",
    "409, already_holder",
    "409, creator_stays",
    "409, draft_full",
    "409, contended",
    "412, revision_moved",
    "422, idempotency_key_reused",
    "429, rate_limited",
    "429, too_many_connections",
    "503, unavailable",
    "503, draining"
  })
  void each_code_has_one_status(int status, String code) {
    ProblemCode kind = ProblemCode.valueOf(code.toUpperCase(Locale.ROOT));
    assertEquals(status, kind.status());
    assertEquals(code, kind.code());
    assertEquals("urn:ringdraft:problem:" + code, kind.type());
  }

  @Test
  void the_body_is_that_of_rfc_9457() {
    assertEquals(
        "{\"type\":\"urn:ringdraft:problem:rate_limited\",\"title\":\"Too many requests\","
            + "\"status\":429,\"detail\":\"11 requests (expected: 0..10)\","
            + "\"code\":\"rate_limited\",\"request_id\":\"r-1\",\"limit\":10}",
        Problem.of(ProblemCode.RATE_LIMITED, "11 requests (expected: 0..10)")
            .with("limit", 10)
            .json("r-1"));
  }

  @Test
  void no_two_kinds_share_a_title() {
    Set<String> titles = new HashSet<>();
    for (ProblemCode kind : ProblemCode.values()) {
      assertTrue(titles.add(kind.title()), kind.title());
    }
  }

  @Test
  void wrong_fields_are_named_with_their_values_and_limits() {
    assertEquals(
        "{\"type\":\"urn:ringdraft:problem:validation_error\","
            + "\"title\":\"The request is not valid\",\"status\":400,"
            + "\"detail\":\"title: 0 (expected: 1..200)\",\"code\":\"validation_error\","
            + "\"request_id\":\"r-1\","
            + "\"errors\":[{\"field\":\"title\",\"detail\":\"0 (expected: 1..200)\"}]}",
        Problem.invalid("title", "0 (expected: 1..200)").json("r-1"));
  }

  @Test
  void the_time_to_retry_after_is_rounded_up_to_whole_seconds() {
    assertEquals("1", retryAfter(Duration.ZERO));
    assertEquals("1", retryAfter(Duration.ofSeconds(1)));
    assertEquals("2", retryAfter(Duration.ofMillis(1_001)));
  }

  private static @Nullable String retryAfter(Duration wait) {
    return Problem.rateLimited(Limit.REQUESTS, "too fast", 1, wait).headers().get("Retry-After");
  }
}
