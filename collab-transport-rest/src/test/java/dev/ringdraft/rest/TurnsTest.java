package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Turn policies, requests for the ring, absence, and the ring that is taken back. */
class TurnsTest {
  private static final String LIMITED =
      """
      {"order": "round_robin", "max_seconds": 60, "max_segments": 2, "away_after_missed": null}
      """;

  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_draft_shows_its_policy_and_its_turn() {
    Answer begun = cast.ana.post("/drafts", "{\"title\":\"Dusk\"}").mustBe(201);
    assertEquals(
        "{\"order\":\"manual\",\"max_seconds\":null,\"max_segments\":null,\"away_after_missed\":2}",
        begun.json().at("/data/turn_policy").toString());
    assertTrue(begun.json().at("/data/ring_state/turn_ends_at").isNull());
    assertTrue(begun.json().at("/data/ring_state/next_user_id").isNull());

    Answer limited = withPolicy(LIMITED);
    assertEquals("2026-11-23T12:01:00.123Z", limited.at("/data/ring_state/turn_ends_at"));
    assertEquals("round_robin", limited.at("/data/turn_policy/order"));
    assertTrue(limited.json().at("/data/turn_policy/away_after_missed").isNull());
  }

  @Test
  void a_policy_is_replaced_as_a_whole() {
    String draft = withPolicy(LIMITED).at("/data/draft_id");
    Answer changed =
        cast.ana.patch("/drafts/" + draft, "{\"turn_policy\":{\"max_seconds\":10}}").mustBe(200);
    assertEquals(
        "{\"order\":\"manual\",\"max_seconds\":10,\"max_segments\":null,\"away_after_missed\":2}",
        changed.json().at("/data/turn_policy").toString());
    assertEquals("2026-11-23T12:00:10.123Z", changed.at("/data/ring_state/turn_ends_at"));

    Answer locked = cast.ana.patch("/drafts/" + draft, "{\"status\":\"locked\"}").mustBe(200);
    assertTrue(locked.json().at("/data/ring_state/turn_ends_at").isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"max_seconds\":9}       | turn_policy.max_seconds       | 9 (expected: 10..2592000, or null)",
        "{\"max_seconds\":2592001} | turn_policy.max_seconds       | 2592001 (expected: 10..2592000, or null)",
        "{\"max_seconds\":10.5}    | turn_policy.max_seconds       | 10.5 (expected: 10..2592000, or null)",
        "{\"max_segments\":0}      | turn_policy.max_segments      | 0 (expected: 1..1000, or null)",
        "{\"max_segments\":1001}   | turn_policy.max_segments      | 1001 (expected: 1..1000, or null)",
        "{\"away_after_missed\":0} | turn_policy.away_after_missed | 0 (expected: 1..10, or null)",
        "{\"away_after_missed\":11}| turn_policy.away_after_missed | 11 (expected: 1..10, or null)",
        "{\"order\":\"random\"}    | turn_policy.order             | \"random\" (expected: manual, round_robin, least_recent, requests_first)",
        "{\"seconds\":60}          | turn_policy.seconds           | unknown field (expected: order, max_seconds, max_segments, away_after_missed)",
        "60                        | turn_policy                   | a number (expected: an object)",
      })
  void a_policy_out_of_bounds_is_refused(String policy, String field, String detail) {
    cast.ana
        .post("/drafts", "{\"title\":\"Dusk\",\"turn_policy\":%s}".formatted(policy))
        .mustRefuse(field, detail);
    cast.ana
        .patch("/drafts/" + cast.draft(), "{\"turn_policy\":%s}".formatted(policy))
        .mustRefuse(field, detail);
  }

  @Test
  void the_ring_goes_to_the_next_holder_of_the_order() {
    String draft = cast.draft();
    policy(draft, "{\"order\":\"round_robin\"}");
    Answer passed = cast.ana.post("/drafts/" + draft + "/pass-ring", "{\"to\":\"next\"}");
    assertEquals("ben", passed.mustBe(200).at("/data/current_holder_id"));
    assertEquals("cleo", passed.at("/data/next_user_id"));
  }

  @Test
  void nobody_eligible_is_a_conflict() {
    String draft = cast.ana.startsADraft();
    cast.ana
        .post("/drafts/" + draft + "/pass-ring", "{\"to\":\"next\"}")
        .mustBe(ProblemCode.NOBODY_ELIGIBLE);
  }

  @Test
  void a_recipient_is_named_once() {
    String path = "/drafts/" + cast.draft() + "/pass-ring";
    cast.ana.post(path, "{}").mustRefuse("to_user_id", "missing (expected: a text)");
    cast.ana.post(path, "{\"to\":\"ben\"}").mustRefuse("to", "\"ben\" (expected: \"next\")");
    cast.ana
        .post(path, "{\"to\":\"next\",\"to_user_id\":\"ben\"}")
        .mustRefuse("to", "given beside to_user_id (expected: one of the two)");
  }

  @Test
  void the_append_that_completes_a_turn_passes_the_ring() {
    String draft = cast.draft();
    policy(draft, "{\"order\":\"round_robin\",\"max_segments\":2}");
    assertEquals("6", cast.ana.appends("one", draft).mustBe(201).at("/revision"));
    assertEquals("8", cast.ana.appends("two", draft).mustBe(201).at("/revision"));
    Answer read = cast.ana.get("/drafts/" + draft);
    assertEquals("ben", read.at("/data/ring_state/current_holder_id"));
    assertEquals("0", read.at("/data/ring_state/turn_segments"));
    Answer events = cast.ana.get("/drafts/" + draft + "/events?after=7");
    assertEquals("turn_complete", events.at("/data/0/data/reason"));
  }

  @Test
  void members_queue_for_the_ring() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/ring-requests";
    cast.cleo
        .post(path, "{}")
        .mustBe(201)
        .mustRead(
            """
            {"data": {"user_id": "cleo", "requested_at": "2026-11-23T12:00:00.123Z", "position": 1},
             "revision": 5}
            """);
    assertEquals("2", cast.ben.post(path, "{}").mustBe(201).at("/data/position"));
    assertEquals(
        "ben", cast.ben.post(path, "{}").mustBe(ProblemCode.ALREADY_REQUESTED).at("/user_id"));
    cast.ana.post(path, "{}").mustBe(ProblemCode.ALREADY_HOLDER);
    cast.vera.post(path, "{}").mustBe(ProblemCode.RECIPIENT_CANNOT_WRITE);

    Answer read = cast.vera.get("/drafts/" + draft);
    assertEquals("cleo", read.at("/data/ring_state/requests/0/user_id"));
    assertEquals("cleo", read.at("/data/ring_state/next_user_id"));

    cast.ben.delete(path + "/cleo").mustBe(ProblemCode.RING_REQUIRED);
    cast.ana.delete(path + "/cleo").mustBe(204);
    cast.ben.delete(path + "/ben").mustBe(204);
    cast.ben.delete(path + "/ben").mustBe(ProblemCode.NOT_FOUND);
    Answer events = cast.ana.get("/drafts/" + draft + "/events?after=6");
    assertEquals("declined", events.at("/data/0/data/reason"));
    assertEquals("withdrawn", events.at("/data/1/data/reason"));
  }

  @Test
  void a_repeated_request_gets_its_first_answer() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/ring-requests";
    Answer first = cast.cleo.post(path, "{}", "Idempotency-Key", "k").mustBe(201);
    cast.ana.passesTo("cleo", draft).mustBe(200);
    Answer again = cast.cleo.post(path, "{}", "Idempotency-Key", "k").mustBe(201);
    assertEquals(first.body(), again.body());
  }

  @Test
  void the_creator_takes_the_ring_back() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/revoke-ring";
    cast.ana.post(path, "{}").mustBe(ProblemCode.ALREADY_HOLDER);
    cast.ana.passesTo("ben", draft).mustBe(200);
    cast.cleo.post(path, "{}").mustBe(ProblemCode.FORBIDDEN);
    cast.ana.post(path, "{\"ring_term\":1}").mustBe(ProblemCode.RING_MOVED);
    cast.ana.post(path, "{\"to_user_id\":\"vera\"}").mustBe(ProblemCode.RECIPIENT_CANNOT_WRITE);
    cast.ana.post(path, "{\"to_user_id\":\"sam\"}").mustBe(ProblemCode.NOT_A_MEMBER);
    Answer revoked = cast.ana.post(path, "{\"ring_term\":2}").mustBe(200);
    assertEquals("ana", revoked.at("/data/current_holder_id"));
    assertEquals("3", revoked.at("/data/term"));
    cast.ana.patch("/drafts/" + draft, "{\"status\":\"locked\"}").mustBe(200);
    cast.ana.post(path, "{\"to_user_id\":\"ben\"}").mustBe(ProblemCode.DRAFT_NOT_ACTIVE);
  }

  @Test
  void a_revoke_needs_no_body() {
    String draft = cast.draft();
    cast.ana.passesTo("ben", draft).mustBe(200);
    Answer revoked =
        cast.ana.send("POST", "/drafts/" + draft + "/revoke-ring", BodyPublishers.noBody());
    assertEquals("ana", revoked.mustBe(200).at("/data/current_holder_id"));
  }

  @Test
  void members_are_away_and_come_back() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/collaborators/";
    cast.cleo
        .patch(path + "cleo", "{\"away\":true}")
        .mustBe(200)
        .mustRead(
            """
            {"data": {"user_id": "cleo", "role": "contributor",
               "joined_at": "2026-11-23T12:00:00.123Z", "away": true},
             "revision": 5}
            """);
    cast.ana.patch(path + "ana", "{\"away\":true}").mustBe(200);
    Answer read = cast.ben.get("/drafts/" + draft);
    assertEquals("[\"ana\",\"cleo\"]", read.json().at("/data/ring_state/away").toString());
    cast.ana.appends("here again", draft).mustBe(201);
    Answer acted = cast.ben.get("/drafts/" + draft);
    assertEquals("[\"cleo\"]", acted.json().at("/data/ring_state/away").toString());
    for (String empty : List.of("{}", "{\"role\":null,\"away\":null}")) {
      cast.ana
          .patch(path + "ben", empty)
          .mustRefuse("role", "neither role nor away (expected: at least one)");
    }
    cast.ana.patch(path + "ben", "{\"away\":1}").mustRefuse("away", "1 (expected: true or false)");
  }

  @Test
  void a_holder_who_becomes_a_viewer_hands_the_ring_on() {
    String draft = cast.draft();
    cast.ana.passesTo("ben", draft).mustBe(200);
    cast.cleo.post("/drafts/" + draft + "/ring-requests", "{}").mustBe(201);
    cast.ana.patch("/drafts/" + draft + "/collaborators/ben", "{\"role\":\"viewer\"}").mustBe(200);
    Answer events = cast.ana.get("/drafts/" + draft + "/events?after=6");
    assertEquals("returned", events.at("/data/0/data/reason"));
    assertEquals("cleo", events.at("/data/0/data/to_user_id"));
    assertEquals("viewer", events.at("/data/1/data/role"));
    assertEquals("creator", events.at("/data/1/data/reason"));
    cast.ben.appends("no", draft).mustBe(ProblemCode.RING_REQUIRED);
  }

  @Test
  void nobody_becomes_a_member_under_an_id_of_the_server() {
    cast.ana
        .post("/drafts/" + cast.draft() + "/collaborators", "{\"user_id\":\"ringdraft:timer\"}")
        .mustBe(ProblemCode.VALIDATION_ERROR);
  }

  private Answer withPolicy(String policy) {
    return cast.ana
        .post("/drafts", "{\"title\":\"Dusk\",\"turn_policy\":%s}".formatted(policy))
        .mustBe(201);
  }

  private void policy(String draft, String policy) {
    cast.ana.patch("/drafts/" + draft, "{\"turn_policy\":%s}".formatted(policy)).mustBe(200);
  }
}
