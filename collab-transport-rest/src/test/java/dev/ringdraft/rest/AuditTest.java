package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the audit trail hears of requests. */
class AuditTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());
  private final String draft = cast.ana.startsADraft();

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_refusal_says_who_tried_what_on_which_draft_from_where() {
    cast.ana.adds("ben", "contributor", draft);
    cast.ben.appends("a text", draft, "X-Request-Id", "r1").mustBe(ProblemCode.RING_REQUIRED);

    assertEquals(
        List.of(
            new AuditEvent(
                Kind.REFUSED,
                "ring_required",
                "POST /v1/collab/drafts/{draft_id}/segments",
                new Source(new UserId("ben"), new DraftId(draft), "127.0.0.1", "r1"))),
        cast.server.incidents());
  }

  @Test
  void nothing_that_a_stranger_wrote_is_told() {
    cast.server
        .asNobody()
        .get("/drafts/not.a.draft", "Authorization", "Bearer secret")
        .mustBe(ProblemCode.UNAUTHENTICATED);

    AuditEvent incident = cast.server.incidents().getFirst();
    assertEquals("unauthenticated", incident.code());
    assertEquals(null, incident.source().user());
    assertEquals(null, incident.source().draft());
    assertFalse(incident.toString().contains("secret"), incident::toString);
    assertFalse(incident.toString().contains("not.a.draft"), incident::toString);
  }

  @Test
  void the_key_to_look_at_is_for_the_operator_alone() {
    String body =
        cast.server
            .asNobody()
            .get("/drafts", "Authorization", "Bearer bad")
            .mustBe(ProblemCode.UNAUTHENTICATED)
            .body();

    assertTrue(body.contains("the token's signature is wrong\""), body);
    assertEquals(
        "the token's signature is wrong; see a key",
        cast.server.incidents().getFirst().cause().reason());
  }

  @Test
  void a_bad_token_is_told_though_the_session_is_refused_to_nobody() {
    RestClient nobody = cast.server.asNobody();
    nobody.get("/session", "Authorization", "Bearer bad", "X-Request-Id", "r1").mustBe(200);
    nobody.get("/session").mustBe(200);
    cast.ana.get("/session").mustBe(200);

    assertEquals(
        List.of(
            new AuditEvent(
                Kind.REFUSED,
                new Cause("unauthenticated", "the token's signature is wrong; see a key"),
                "GET /v1/collab/session",
                new Source(null, null, "127.0.0.1", "r1"))),
        cast.server.incidents());
  }

  @Test
  void what_is_done_and_what_comes_at_the_wrong_moment_is_no_incident() {
    cast.ana.appends("a text", draft).mustBe(201);
    cast.ana.passesTo("ana", draft).mustBe(ProblemCode.ALREADY_HOLDER);

    assertEquals(List.of(), cast.server.incidents());
  }
}
