package dev.ringdraft.app.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitedAuditLogTest {
  private final List<String> log = new ArrayList<>();
  private final RateLimitedAuditLog trail = new RateLimitedAuditLog(log::add);

  private static AuditEvent refusal(String user, String request) {
    return new AuditEvent(
        Kind.REFUSED,
        "ring_required",
        "POST /v1/collab/drafts/{draft_id}/segments",
        new Source(new UserId(user), new DraftId("d1"), "192.0.2.1", request));
  }

  private static AuditEvent stranger(String address) {
    return new AuditEvent(Kind.LIMITED, "rate_limited", "GET", Source.of(address));
  }

  /** Operators look for this name, which audit-log.md gives. */
  @Test
  void the_log_is_called_audit() {
    assertEquals("dev.ringdraft.audit", RateLimitedAuditLog.NAME);
  }

  @Test
  void an_incident_says_who_did_what_from_where() {
    trail.record(refusal("ben", "r1"));

    assertEquals(
        List.of(
            "{\"incident\":\"refused\",\"code\":\"ring_required\","
                + "\"action\":\"POST /v1/collab/drafts/{draft_id}/segments\",\"user\":\"ben\","
                + "\"draft\":\"d1\",\"address\":\"192.0.2.1\",\"request\":\"r1\"}"),
        log);
  }

  @Test
  void a_reason_tells_the_causes_of_a_code_apart() {
    trail.record(refusedToken("the token has expired", "r1"));
    trail.record(refusedToken("the token has no sub", "r2"));
    trail.record(refusedToken("the token has expired", "r3"));
    trail.endSpan();

    String expired =
        "{\"incident\":\"refused\",\"code\":\"unauthenticated\","
            + "\"reason\":\"the token has expired\",\"action\":\"GET\",";
    assertEquals(3, log.size(), log::toString);
    assertTrue(log.get(0).startsWith(expired), log::toString);
    assertTrue(log.get(1).contains("\"reason\":\"the token has no sub\""), log::toString);
    assertTrue(log.get(2).startsWith(expired), log::toString);
    assertTrue(log.get(2).contains("\"repeated\":1"), log::toString);
  }

  private static AuditEvent refusedToken(String reason, String request) {
    return new AuditEvent(
        Kind.REFUSED,
        new Cause("unauthenticated", reason),
        "GET",
        new Source(null, null, "192.0.2.1", request));
  }

  @Test
  void what_is_not_known_is_left_out() {
    trail.record(stranger("192.0.2.1"));

    assertEquals(
        List.of(
            "{\"incident\":\"limited\",\"code\":\"rate_limited\",\"action\":\"GET\","
                + "\"address\":\"192.0.2.1\"}"),
        log);
  }

  @Test
  void a_name_can_neither_break_the_line_nor_hide_in_it() {
    trail.record(refusal("b\u202Een\u200B\u2028\"}", "r1"));

    assertTrue(log.getFirst().chars().allMatch(c -> c >= ' ' && c < 0x7F), log.getFirst());
    assertTrue(
        log.getFirst().contains("\"user\":\"b\\u202een\\u200b\\u2028\\\"}\""), log.getFirst());
  }

  @Test
  void what_comes_again_is_counted_and_told_once() {
    for (int i = 0; i < 1_000; i++) {
      trail.record(refusal("ben", "r" + i));
    }
    trail.endSpan();

    assertEquals(2, log.size(), log::toString);
    assertTrue(log.get(1).endsWith("\"repeated\":999,\"within_s\":10}"), log.get(1));
    trail.record(refusal("ben", "again"));
    assertTrue(log.get(2).contains("\"request\":\"again\""), "a new span begins anew");
  }

  @Test
  void a_flood_from_everywhere_leaves_a_bounded_number_of_lines() {
    for (int i = 0; i < 10_000; i++) {
      trail.record(stranger("192.0.2." + i));
    }
    trail.close();

    assertEquals(RateLimitedAuditLog.MOST_KINDS + 1, log.size());
    assertEquals(
        "{\"incident\":\"others\",\"repeated\":%d,\"within_s\":10}"
            .formatted(10_000 - RateLimitedAuditLog.MOST_KINDS),
        log.getLast());
  }
}
