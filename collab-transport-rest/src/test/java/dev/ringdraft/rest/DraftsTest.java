package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.eventstore.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting, listing, reading and changing drafts. */
class DraftsTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_draft_begins_with_its_creator_holding_the_ring() {
    Answer created =
        cast.ana.post("/drafts", "{\"title\":\"Dusk\",\"initial_segment\":\"The lamps 🏮\"}");
    String draft = created.mustBe(201).at("/data/draft_id");
    created.mustRead(
        """
        {"data": {
          "draft_id": "%s", "creator_id": "ana", "title": "Dusk", "platform": null,
          "status": "active", "revision": 2, "epoch": "%s",
          "ring_state": {"current_holder_id": "ana", "term": 1, "holders_history": ["ana"],
            "passed_at": "2026-11-23T12:00:00.123Z",
            "turn_started_at": "2026-11-23T12:00:00.123Z", "turn_ends_at": null,
            "turn_segments": 1, "next_user_id": null, "requests": [], "away": []},
          "turn_policy": {"order": "manual", "max_seconds": null, "max_segments": null,
            "away_after_missed": 2},
          "collaborators": [],
          "segments": [{"segment_id": "%s", "draft_id": "%s", "author_user_id": "ana",
            "content": "The lamps 🏮", "position": 0, "created_at": "2026-11-23T12:00:00.123Z"}],
          "segment_count": 1,
          "created_at": "2026-11-23T12:00:00.123Z", "updated_at": "2026-11-23T12:00:00.123Z"}}
        """
            .formatted(draft, cast.epoch(), created.at("/data/segments/0/segment_id"), draft));
    assertEquals("/v1/collab/drafts/" + draft, created.header("Location"));
    assertEquals("\"" + cast.epoch() + ".2\"", created.header("ETag"));
  }

  @Test
  void a_draft_may_be_meant_for_a_platform() {
    Answer created = cast.ana.post("/drafts", "{\"title\":\"Dusk\",\"platform\":\"tiktok\"}");
    assertEquals("tiktok", created.mustBe(201).at("/data/platform"));
    cast.ana
        .post("/drafts", "{\"title\":\"Dusk\",\"platform\":\"TIKTOK\"}")
        .mustRefuse("platform", "\"TIKTOK\" (expected: x, instagram, tiktok, youtube, blog)");
  }

  @Test
  void a_title_is_counted_in_code_points_and_bounded() {
    cast.ana.post("/drafts", "{\"title\":\"%s\"}".formatted("🏮".repeat(200))).mustBe(201);
    cast.ana
        .post("/drafts", "{\"title\":\"%s\"}".formatted("🏮".repeat(201)))
        .mustRefuse("title", "201 code points (expected: 1..200)");
    cast.ana
        .post("/drafts", "{\"title\":\"\"}")
        .mustRefuse("title", "0 code points (expected: 1..200)");
    cast.ana.post("/drafts", "{}").mustRefuse("title", "missing (expected: a text)");
    cast.ana.post("/drafts", "{\"title\":null}").mustRefuse("title", "missing (expected: a text)");
  }

  @Test
  void every_wrong_text_is_named() {
    Answer refused =
        cast.ana.post(
            "/drafts", "{\"title\":\"\",\"initial_segment\":\"%s\"}".formatted("x".repeat(501)));
    refused.mustBe(ProblemCode.VALIDATION_ERROR);
    assertEquals("title", refused.at("/errors/0/field"));
    assertEquals("initial_segment", refused.at("/errors/1/field"));
    assertEquals("501 code points (expected: 1..500)", refused.at("/errors/1/detail"));
  }

  @Test
  void a_member_lists_the_drafts_page_by_page_and_nobody_else_does() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(cast.ana.startsADraft());
    }
    List<String> listed = new ArrayList<>();
    String query = "?limit=2";
    for (int pages = 0; pages < 3; pages++) {
      Answer page = cast.ana.get("/drafts" + query).mustBe(200);
      for (JsonNode draft : page.json().get("data")) {
        assertFalse(draft.has("segments"));
        assertTrue(draft.has("segment_count"));
        listed.add(draft.get("draft_id").asText());
      }
      query = "?limit=2&cursor=" + page.json().get("next_cursor").asText();
    }
    assertTrue(query.endsWith("=null"), query);
    assertEquals(started.stream().sorted().toList(), listed.stream().sorted().toList());
    assertEquals(0, cast.stranger.get("/drafts").mustBe(200).json().get("data").size());
  }

  @Test
  void a_member_who_has_the_list_as_it_is_gets_304_until_a_draft_of_theirs_changes() {
    String draft = cast.ana.startsADraft();
    Answer listed = cast.ana.get("/drafts").mustBe(200);
    String tag = tagOf(listed);
    assertEquals("private, no-cache", listed.header("Cache-Control"));
    Answer same = cast.ana.get("/drafts", "If-None-Match", "W/" + tag).mustBe(304);
    assertEquals(tag, same.header("ETag"));
    cast.stranger.get("/drafts", "If-None-Match", tag).mustBe(200);

    cast.ana.post("/drafts/" + draft + "/segments", "{\"content\":\"Dusk.\"}").mustBe(201);
    Answer changed = cast.ana.get("/drafts", "If-None-Match", tag).mustBe(200);
    assertNotEquals(tag, tagOf(changed));
    cast.ana.startsADraft();
    cast.ana.get("/drafts", "If-None-Match", tagOf(changed)).mustBe(200);
    String first = cast.ana.get("/drafts?limit=1").mustBe(200).header("ETag");
    assertNotEquals(first, cast.ana.get("/drafts?limit=2").header("ETag"));
  }

  private static String tagOf(Answer answer) {
    return Objects.requireNonNull(answer.header("ETag"));
  }

  @Test
  void a_page_of_drafts_is_at_most_100_long() {
    for (int i = 0; i < 101; i++) {
      cast.ana.startsADraft();
    }
    assertEquals(50, cast.ana.get("/drafts").json().get("data").size());
    assertEquals(100, cast.ana.get("/drafts?limit=101").json().get("data").size());
    assertEquals(100, cast.ana.get("/drafts?limit=" + "9".repeat(30)).json().get("data").size());
  }

  @Test
  void a_limit_or_a_cursor_that_makes_no_sense_is_named() {
    for (String limit : List.of("0", "-1", "ten", "1.5", "")) {
      cast.ana
          .get("/drafts?limit=" + limit)
          .mustRefuse("limit", "\"%s\" (expected: a whole number, 1 or more)".formatted(limit));
    }
    cast.ana.get("/drafts?limit=1&limit=2").mustRefuse("limit", "2 of them (expected: 1)");
    String farAway =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("+1000000000-12-31T23:59:59Z id-1".getBytes(StandardCharsets.US_ASCII));
    for (String cursor : List.of("x", "eCB5", "MjAyNg", "!", farAway)) {
      cast.ana
          .get("/drafts?cursor=" + cursor)
          .mustRefuse("cursor", "not understood (expected: a next_cursor of this list)");
    }
    cast.ana.get("/drafts?colour=red").mustBe(200);
  }

  @Test
  void members_read_a_draft_and_strangers_find_nothing() {
    String draft = cast.draft();
    for (RestClient member : List.of(cast.ana, cast.ben, cast.cleo, cast.vera)) {
      Answer read = member.get("/drafts/" + draft).mustBe(200);
      assertEquals("\"" + cast.epoch() + ".4\"", read.header("ETag"));
      assertEquals("private, no-cache", read.header("Cache-Control"));
      assertEquals("Authorization, X-User-Id, Accept-Encoding", read.header("Vary"));
    }
  }

  @Test
  void what_is_hidden_looks_like_what_is_not_there() {
    String draft = cast.draft();
    String[] asStranger = {"X-Request-Id", "r1"};
    String golden =
        """
        {"type": "urn:ringdraft:problem:not_found", "title": "Not found", "status": 404,
         "detail": "there is nothing here that you may see", "code": "not_found",
         "request_id": "r1"}
        """;
    for (String id : List.of(draft, "no-such", "no%20such", "x".repeat(65), "%C3%A4")) {
      String path = "/drafts/" + id;
      RestClient sam = cast.stranger;
      List<Answer> answers =
          List.of(
              sam.get(path, asStranger),
              sam.get(path, "X-Request-Id", "r1", "If-None-Match", "*"),
              sam.get(path + "/events", asStranger),
              sam.patch(path, "{\"title\":\"Mine\"}", asStranger),
              sam.patch(path, "{\"title\":\"Mine\"}", "X-Request-Id", "r1", "If-Match", "\"x\""),
              sam.appends("mine", id, asStranger),
              sam.passesTo("sam", id, asStranger),
              sam.post(path + "/collaborators", "{\"user_id\":\"sam\"}", asStranger),
              sam.delete(path + "/collaborators/sam", asStranger),
              sam.delete(path + "/collaborators/ben", asStranger));
      for (Answer answer : answers) {
        answer.mustBe(ProblemCode.NOT_FOUND).mustRead(golden);
      }
    }
  }

  @Test
  void who_has_the_draft_as_it_is_gets_304() {
    String draft = cast.draft();
    String path = "/drafts/" + draft;
    String tag = "\"" + cast.epoch() + ".4\"";
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*", "a\"b, " + tag)) {
      Answer same = cast.ben.get(path, "If-None-Match", known).mustBe(304);
      assertEquals(tag, same.header("ETag"));
      assertEquals("private, no-cache", same.header("Cache-Control"));
      assertEquals("", same.body());
    }
    cast.ben.get(path, "If-None-Match", "\"x\"", "If-None-Match", tag).mustBe(304);
    String other = cast.epoch() + ".3";
    for (String known : List.of("\"" + other + "\"", cast.epoch() + ".4", "\"nonsense", "\"\"")) {
      cast.ben.get(path, "If-None-Match", known).mustBe(200);
    }
    cast.ana.appends("The lamps", draft).mustBe(201);
    cast.ben.get(path, "If-None-Match", tag).mustBe(200);
  }

  @Test
  void the_creator_alone_changes_title_and_status() {
    String draft = cast.draft();
    Answer changed =
        cast.ana
            .patch("/drafts/" + draft, "{\"title\":\"Dawn\",\"status\":\"locked\"}")
            .mustBe(200);
    assertEquals("Dawn", changed.at("/data/title"));
    assertEquals("locked", changed.at("/data/status"));
    assertEquals("5", changed.at("/data/revision"));
    assertFalse(changed.json().get("data").has("segments"));
    assertEquals("\"" + cast.epoch() + ".5\"", changed.header("ETag"));
    cast.ben.patch("/drafts/" + draft, "{\"title\":\"Mine\"}").mustBe(ProblemCode.FORBIDDEN);
  }

  @Test
  void the_answer_to_a_mutation_names_the_history_of_its_commit() {
    String path = "/drafts/" + cast.draft();
    String epoch = cast.epoch();
    cast.server.store().promoteAfterCommit(new Epoch("promoted"));
    Answer changed = cast.ana.patch(path, "{\"title\":\"Dawn\"}").mustBe(200);

    assertEquals("\"" + epoch + ".5\"", changed.header("ETag"));
    assertEquals(epoch, changed.at("/data/epoch"));
    assertEquals("\"promoted.5\"", cast.ana.get(path).header("ETag"));
  }

  @Test
  void a_change_must_change_something_that_there_is() {
    String path = "/drafts/" + cast.draft();
    cast.ana
        .patch(path, "{}")
        .mustRefuse("title", "neither title, status nor turn_policy (expected: at least one)");
    cast.ana
        .patch(path, "{\"status\":\"open\"}")
        .mustRefuse("status", "\"open\" (expected: active, locked, completed)");
    cast.ana
        .patch(path, "{\"creator_id\":\"ben\"}")
        .mustRefuse(
            "creator_id", "unknown field (expected: title, status, turn_policy, idempotency_key)");
  }

  @Test
  void a_completed_draft_stays_completed() {
    String path = "/drafts/" + cast.draft();
    cast.ana.patch(path, "{\"status\":\"completed\"}").mustBe(200);
    Answer refused = cast.ana.patch(path, "{\"status\":\"active\"}");
    refused.mustBe(ProblemCode.DRAFT_NOT_ACTIVE);
    assertEquals("completed", refused.at("/draft_status"));
  }

  @Test
  void a_draft_that_somebody_else_starts_under_the_same_key_is_another() {
    String body = "{\"title\":\"Dusk\",\"idempotency_key\":\"k\"}";
    String anas = cast.ana.post("/drafts", body).mustBe(201).at("/data/draft_id");
    String bens = cast.ben.post("/drafts", body).mustBe(201).at("/data/draft_id");
    assertNotEquals(anas, bens);
  }
}
