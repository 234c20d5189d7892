package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.DegradableStore.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending a request again, insisting on a version, and preferring the whole draft. */
class RepeatingTest {
  private static final String KEY = "Idempotency-Key";

  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  private static void mustBeTheSame(Answer first, Answer again) {
    assertEquals(first.status(), again.status(), again::body);
    assertEquals(first.body(), again.body());
    assertEquals(first.header("ETag"), again.header("ETag"));
    assertEquals(first.header("Location"), again.header("Location"));
    assertNull(first.header("Idempotency-Replayed"));
    assertEquals("true", again.header("Idempotency-Replayed"));
  }

  @Test
  void a_draft_started_again_is_the_draft_as_it_began() {
    String body = "{\"title\":\"Dusk\",\"initial_segment\":\"one\"}";
    Answer first = cast.ana.post("/drafts", body, KEY, "k").mustBe(201);
    cast.ana.appends("two", first.at("/data/draft_id")).mustBe(201);
    mustBeTheSame(first, cast.ana.post("/drafts", body, KEY, "k"));
    assertEquals(1, cast.ana.get("/drafts").json().get("data").size());
    cast.ana
        .post("/drafts", "{\"title\":\"Dawn\"}", KEY, "k")
        .mustBe(ProblemCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void an_append_sent_again_after_the_ring_moved_on_gets_its_first_answer() {
    String draft = cast.draft();
    Answer first = cast.ana.appends("one", draft, KEY, "k").mustBe(201);
    cast.ana.passesTo("ben", draft).mustBe(200);
    cast.ana.patch("/drafts/" + draft, "{\"status\":\"completed\"}").mustBe(200);
    mustBeTheSame(first, cast.ana.appends("one", draft, KEY, "k", "If-Match", "\"x\""));
    cast.ana.appends("two", draft, KEY, "k").mustBe(ProblemCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void a_pass_sent_again_gets_the_ring_as_of_that_pass() {
    String draft = cast.draft();
    Answer first = cast.ana.passesTo("ben", draft, KEY, "k").mustBe(200);
    cast.ben.passesTo("cleo", draft).mustBe(200);
    mustBeTheSame(first, cast.ana.passesTo("ben", draft, KEY, "k"));
  }

  @Test
  void a_change_sent_again_gets_the_draft_as_of_that_change() {
    String path = "/drafts/" + cast.draft();
    String body = "{\"title\":\"Dawn\",\"idempotency_key\":\"k\"}";
    Answer first = cast.ana.patch(path, body).mustBe(200);
    cast.ana.patch(path, "{\"title\":\"Noon\"}").mustBe(200);
    mustBeTheSame(first, cast.ana.patch(path, body));
  }

  @Test
  void membership_changes_sent_again_get_their_first_answer() {
    String draft = cast.ana.startsADraft();
    String path = "/drafts/" + draft + "/collaborators";
    Answer added = cast.ana.post(path, "{\"user_id\":\"ben\"}", KEY, "k1").mustBe(201);
    mustBeTheSame(added, cast.ana.post(path, "{\"user_id\":\"ben\"}", KEY, "k1"));
    Answer left = cast.ben.delete(path + "/ben", KEY, "k2").mustBe(204);
    mustBeTheSame(left, cast.ben.delete(path + "/ben", KEY, "k2"));
  }

  @Test
  void a_key_belongs_to_one_user_and_one_draft() {
    String draft = cast.draft();
    cast.ana.appends("one", draft, KEY, "k").mustBe(201);
    cast.ana.appends("one", cast.ana.startsADraft(), KEY, "k").mustBe(201);
    cast.ana.passesTo("ben", draft).mustBe(200);
    assertNull(cast.ben.appends("one", draft, KEY, "k").mustBe(201).header("Idempotency-Replayed"));
  }

  @Test
  void a_key_is_given_once_and_in_bounds() {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/segments";
    String body = "{\"content\":\"one\",\"idempotency_key\":\"%s\"}";
    cast.ana.post(path, body.formatted("a"), KEY, "a").mustBe(201);
    cast.ana
        .post(path, body.formatted("a"), KEY, "b")
        .mustRefuse(
            "idempotency_key", "another key than in the header (expected: the same, or one alone)");
    cast.ana
        .post(path, body.formatted("x".repeat(129)))
        .mustRefuse("idempotency_key", "129 characters (expected: 1..128)");
    cast.ana
        .appends("one", draft, KEY, "x".repeat(129))
        .mustRefuse(KEY, "129 characters (expected: 1..128)");
    cast.ana.appends("one", draft, KEY, "a", KEY, "b").mustRefuse(KEY, "2 of them (expected: 1)");
    cast.ana
        .delete("/drafts/" + draft + "/collaborators/ben", KEY, "x".repeat(129))
        .mustRefuse(KEY, "129 characters (expected: 1..128)");
  }

  @Test
  void a_request_is_carried_out_at_the_version_that_it_insists_on() {
    String draft = cast.draft();
    String at4 = "\"" + cast.epoch() + ".4\"";
    cast.ana.appends("one", draft, "If-Match", "\"x\", " + at4).mustBe(201);
    cast.ana.appends("two", draft, "If-Match", "*").mustBe(201);
    Answer refused = cast.ana.appends("three", draft, "If-Match", at4);
    refused.mustBe(ProblemCode.REVISION_MOVED);
    assertEquals("6", refused.at("/revision"));
    String at6 = cast.epoch() + ".6";
    for (String wrong :
        new String[] {
          at6, "\"" + at6, "W/\"" + at6 + "\"", "\"other.6\"", "\"\"", ",", "\"x\", *"
        }) {
      cast.ana.appends("three", draft, "If-Match", wrong).mustBe(ProblemCode.REVISION_MOVED);
      cast.ana.passesTo("ben", draft, "If-Match", wrong).mustBe(ProblemCode.REVISION_MOVED);
    }
  }

  @Test
  void the_version_is_looked_at_before_the_rules() {
    String draft = cast.draft();
    cast.ben.appends("one", draft, "If-Match", "\"x\"").mustBe(ProblemCode.REVISION_MOVED);
  }

  @Test
  void who_prefers_it_gets_the_whole_draft_as_the_request_left_it() {
    String draft = cast.draft();
    String[] prefer = {"Prefer", "wait=5, return=\"representation\"; x=y", KEY, "k"};
    Answer first = cast.ana.appends("one", draft, prefer).mustBe(201);
    assertEquals("return=representation", first.header("Preference-Applied"));
    assertEquals("/v1/collab/drafts/" + draft, first.header("Content-Location"));
    assertEquals("\"" + cast.epoch() + ".5\"", first.header("ETag"));
    assertEquals("one", first.at("/data/segments/0/content"));
    cast.ana.appends("two", draft).mustBe(201);
    mustBeTheSame(first, cast.ana.appends("one", draft, prefer));

    String[] whole = {"Prefer", "return=representation"};
    Answer created = cast.ana.post("/drafts", "{\"title\":\"Dusk\"}", whole).mustBe(201);
    assertEquals("return=representation", created.header("Preference-Applied"));
    Answer changed = cast.ana.patch("/drafts/" + draft, "{\"title\":\"Dawn\"}", whole);
    assertEquals("two", changed.mustBe(200).at("/data/segments/1/content"));
    assertEquals(
        "ben", cast.ana.passesTo("ben", draft, whole).at("/data/ring_state/current_holder_id"));
    Answer removed = cast.ana.delete("/drafts/" + draft + "/collaborators/cleo", whole);
    assertEquals("9", removed.mustBe(200).at("/data/revision"));
    assertNull(cast.ben.appends("x", draft, "Prefer", "return=minimal").header("ETag"));
  }

  @Test
  void who_leaves_does_not_get_the_draft_however_much_preferred() {
    String draft = cast.draft();
    Answer left =
        cast.ben.delete(
            "/drafts/" + draft + "/collaborators/ben", "Prefer", "return=representation");
    assertNull(left.mustBe(204).header("Preference-Applied"));
  }

  @Test
  void a_draft_that_others_keep_changing_is_contended() {
    String draft = cast.draft();
    cast.server.store().failWith(Fault.CONTENDED);
    cast.ana.appends("one", draft).mustBe(ProblemCode.CONTENDED);
    cast.ana.post("/drafts", "{\"title\":\"Dusk\"}").mustBe(ProblemCode.CONTENDED);
  }
}
