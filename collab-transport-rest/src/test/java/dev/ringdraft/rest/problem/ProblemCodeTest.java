package dev.ringdraft.rest.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of errors that clients rely on. */
class ProblemCodeTest {
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
  void a_problem_reads_the_same_outside_of_jax_rs() {
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
}
