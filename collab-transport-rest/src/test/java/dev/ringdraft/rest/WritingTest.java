package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Appending and passing the ring. */
class WritingTest {
  private final SharedDraft cast =
      SharedDraft.on(RestServer.start(RestServer.settings(new DraftLimits(200, 500, 3, 2))));

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_command_has_one_deadline_from_its_arrival() {
    cast.ana.post("/drafts", "{\"title\":\"Dusk\"}").mustBe(201);
    Duration left = cast.server.store().deadline().remaining();
    assertTrue(left.compareTo(Duration.ofSeconds(5)) <= 0, left::toString);
    assertTrue(left.compareTo(Duration.ofSeconds(4)) > 0, left::toString);

    String draft = cast.draft();
    Deadline earlier = cast.server.store().deadline();
    cast.ana.appends("one", draft).mustBe(201);
    assertNotEquals(earlier, cast.server.store().deadline());
    assertTrue(cast.server.store().deadline().remaining().compareTo(Duration.ofSeconds(5)) <= 0);
  }

  @Test
  void the_holder_appends_the_next_segment() {
    String draft = cast.draft();
    Answer appended = cast.ana.appends("The lamps\\ncame on", draft).mustBe(201);
    appended.mustRead(
        """
        {"data": {"segment_id": "%s", "draft_id": "%s", "author_user_id": "ana",
           "content": "The lamps\\ncame on", "position": 0,
           "created_at": "2026-11-23T12:00:00.123Z"},
         "revision": 5}
        """
            .formatted(appended.at("/data/segment_id"), draft));
  }

  @Test
  void a_member_without_the_ring_may_not_append() {
    String draft = cast.draft();
    Answer refused = cast.ben.appends("mine", draft, "X-Request-Id", "r1");
    refused
        .mustBe(ProblemCode.RING_REQUIRED)
        .mustRead(
            """
            {"type": "urn:ringdraft:problem:ring_required",
             "title": "Only the holder of the ring may do this", "status": 403,
             "detail": "ana holds the ring", "code": "ring_required", "request_id": "r1",
             "holder": "ana"}
            """);
    assertEquals("ana", cast.vera.passesTo("ben", draft).mustBe(403).at("/holder"));
  }

  @Test
  void a_segment_is_counted_in_code_points_and_bounded() {
    String draft = cast.draft();
    cast.ana.appends("🏮".repeat(500), draft).mustBe(201);
    cast.ana
        .appends("🏮".repeat(501), draft)
        .mustRefuse("content", "501 code points (expected: 1..500)");
    cast.ana.appends("", draft).mustRefuse("content", "0 code points (expected: 1..500)");
    cast.ana.appends("a\\u0000b", draft).mustRefuse("content", "a NUL character (expected: none)");
    cast.ana
        .appends("a\\ud800b", draft)
        .mustRefuse("content", "a lone surrogate (expected: well-formed Unicode)");
  }

  @Test
  void a_client_gives_neither_id_nor_position() {
    String path = "/drafts/" + cast.draft() + "/segments";
    cast.ana
        .post(path, "{\"content\":\"x\",\"segment_id\":\"mine\"}")
        .mustRefuse("segment_id", "unknown field (expected: content, ring_term, idempotency_key)");
    cast.ana.post(path, "{\"content\":\"x\",\"position\":0}").mustBe(400);
  }

  @Test
  void a_full_draft_takes_no_more_segments() {
    String draft = cast.draft();
    cast.ana.appends("one", draft).mustBe(201);
    cast.ana.appends("two", draft).mustBe(201);
    Answer refused = cast.ana.appends("three", draft);
    refused.mustBe(ProblemCode.DRAFT_FULL);
    assertEquals("2", refused.at("/limit"));
    assertEquals("segments", refused.at("/what"));
  }

  @Test
  void a_resting_draft_takes_no_segments() {
    String draft = cast.draft();
    cast.ana.patch("/drafts/" + draft, "{\"status\":\"locked\"}").mustBe(200);
    Answer refused = cast.ana.appends("one", draft);
    refused.mustBe(ProblemCode.DRAFT_NOT_ACTIVE);
    assertEquals("locked", refused.at("/draft_status"));
    cast.ana.passesTo("ben", draft).mustBe(ProblemCode.DRAFT_NOT_ACTIVE);
  }

  @Test
  void the_ring_is_passed_to_a_contributor() {
    String draft = cast.draft();
    cast.ana
        .passesTo("ben", draft)
        .mustBe(200)
        .mustRead(
            """
            {"data": {"current_holder_id": "ben", "term": 2, "holders_history": ["ana", "ben"],
               "passed_at": "2026-11-23T12:00:00.123Z",
               "turn_started_at": "2026-11-23T12:00:00.123Z", "turn_ends_at": null,
               "turn_segments": 0, "next_user_id": "ana", "requests": [], "away": []},
             "revision": 5}
            """);
    cast.ben.appends("mine", draft).mustBe(201);
  }

  @Test
  void the_ring_goes_to_nobody_who_can_not_hold_it() {
    String draft = cast.draft();
    assertEquals(
        "ana", cast.ana.passesTo("ana", draft).mustBe(ProblemCode.ALREADY_HOLDER).at("/holder"));
    assertEquals(
        "vera",
        cast.ana.passesTo("vera", draft).mustBe(ProblemCode.RECIPIENT_CANNOT_WRITE).at("/user_id"));
    assertEquals(
        "sam", cast.ana.passesTo("sam", draft).mustBe(ProblemCode.NOT_A_MEMBER).at("/user_id"));
    cast.ana.passesTo("", draft).mustRefuse("to_user_id", "0 characters (expected: 1..128)");
    cast.ana
        .passesTo("a\\nb", draft)
        .mustRefuse("to_user_id", "a control character or lone surrogate (expected: none)");
  }

  @Test
  void nothing_written_for_an_old_turn_lands_in_a_new_one() {
    String draft = cast.draft();
    String segments = "/drafts/" + draft + "/segments";
    cast.ana.post(segments, "{\"content\":\"one\",\"ring_term\":1}").mustBe(201);
    cast.ana.passesTo("ben", draft).mustBe(200);
    cast.ben.passesTo("ana", draft).mustBe(200);
    Answer refused = cast.ana.post(segments, "{\"content\":\"two\",\"ring_term\":1}");
    refused.mustBe(ProblemCode.RING_MOVED);
    assertEquals("ana", refused.at("/holder"));
    assertEquals("3", refused.at("/term"));
    cast.ana
        .post("/drafts/" + draft + "/pass-ring", "{\"to_user_id\":\"ben\",\"ring_term\":2}")
        .mustBe(ProblemCode.RING_MOVED);
  }

  @Test
  void a_term_is_a_whole_number_from_1_on() {
    String segments = "/drafts/" + cast.draft() + "/segments";
    for (String term : new String[] {"0", "-1", "1.5", "99999999999999999999"}) {
      cast.ana
          .post(segments, "{\"content\":\"one\",\"ring_term\":%s}".formatted(term))
          .mustRefuse("ring_term", term + " (expected: a whole number, 1 or more)");
    }
    cast.ana
        .post(segments, "{\"content\":\"one\",\"ring_term\":\"1\"}")
        .mustRefuse("ring_term", "a text (expected: a whole number, 1 or more)");
  }
}
