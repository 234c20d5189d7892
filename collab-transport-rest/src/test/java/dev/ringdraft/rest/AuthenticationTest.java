package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credentials, the session, request ids and the aliases. */
class AuthenticationTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());
  private final RestClient nobody = cast.server.asNobody();

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void who_shows_nothing_is_asked_for_a_token() {
    Answer refused = nobody.get("/drafts");
    refused.mustBe(ProblemCode.UNAUTHENTICATED);
    assertEquals("Bearer", refused.header("WWW-Authenticate"));
  }

  @Test
  void a_bad_token_is_refused_even_beside_a_good_name() {
    for (String authorization :
        List.of("Bearer bad", "bearer bad", "Bearer", "Bearer ", "Basic YW5h", "Bearer a b", "x")) {
      Answer refused = nobody.get("/drafts", "Authorization", authorization, "X-User-Id", "ana");
      refused.mustBe(ProblemCode.UNAUTHENTICATED);
      assertEquals("Bearer error=\"invalid_token\"", refused.header("WWW-Authenticate"));
      assertFalse(refused.body().contains("YW5h"));
    }
  }

  @Test
  void a_token_that_nobody_can_judge_yet_may_be_shown_again_soon() {
    for (String path : List.of("/drafts", "/drafts/id-0/events", "/session")) {
      Answer undecided = nobody.get(path, "Authorization", "Bearer before-any-key");
      undecided.mustBe(ProblemCode.UNAVAILABLE);
      assertEquals("no key yet", undecided.at("/detail"));
      assertEquals("2", undecided.header("Retry-After"));
      assertNull(undecided.header("WWW-Authenticate"));
    }
    assertEquals(List.of(), cast.server.incidents());
  }

  @Test
  void several_proofs_are_no_proof() {
    String good = "Bearer token-of-ana";
    nobody
        .get("/drafts", "Authorization", good, "Authorization", good)
        .mustBe(ProblemCode.UNAUTHENTICATED);
    nobody.get("/drafts", "Authorization", good + ", " + good).mustBe(401);
    nobody
        .get("/drafts", "X-User-Id", "ana", "X-User-Id", "ben")
        .mustBe(ProblemCode.UNAUTHENTICATED);
  }

  @Test
  void a_token_is_believed_whatever_its_scheme_is_spelled_like() {
    nobody.get("/drafts", "Authorization", "bEARER token-of-ana").mustBe(200);
    nobody.get("/drafts", "X-User-Id", "ana").mustBe(200);
  }

  @Test
  void the_session_says_who_the_caller_is_and_refuses_nobody() {
    cast.ana
        .get("/session")
        .mustBe(200)
        .mustRead(
            """
            {"data": {"user_id": "ana", "development": true,
              "limits": {"title_max_code_points": 200, "content_max_code_points": 500}}}
            """);
    for (Answer answer :
        List.of(nobody.get("/session"), nobody.get("/session", "Authorization", "Bearer bad"))) {
      assertEquals("null", answer.mustBe(200).at("/data/user_id"));
      assertEquals("no-store", answer.header("Cache-Control"));
    }
  }

  @Test
  void a_request_keeps_its_id_when_it_is_one() {
    for (String id : List.of("r-1", "!~", "x".repeat(128))) {
      assertEquals(id, cast.ana.get("/drafts", "X-Request-Id", id).header("X-Request-Id"));
    }
    for (String id : List.of("a b", "x".repeat(129), "")) {
      String given =
          String.valueOf(cast.ana.get("/drafts", "X-Request-Id", id).header("X-Request-Id"));
      assertTrue(given.startsWith("id-"), given);
    }
    Answer unknown = cast.ana.get("/nowhere", "X-Request-Id", "r-2");
    assertEquals("r-2", unknown.mustBe(ProblemCode.NOT_FOUND).at("/request_id"));
  }

  @Test
  void the_aliases_lead_to_the_same_resources() {
    String draft = cast.draft();
    String body = "{\"content\":\"one\"}";
    int position = 0;
    for (String path :
        List.of(
            "/api/collab/drafts/%s/append",
            "/v1/collab/drafts/%s/append", "/api/collab/drafts/%s/segments")) {
      Answer appended =
          cast.ana.sendTo(
              "POST",
              path.formatted(draft) + "?x=%20y",
              BodyPublishers.ofString(body),
              "Content-Type",
              "application/json");
      assertEquals("" + position++, appended.mustBe(201).at("/data/position"));
    }
    Answer created =
        cast.ana.sendTo(
            "POST",
            "/api/collab/drafts",
            BodyPublishers.ofString("{\"title\":\"Dusk\"}"),
            "Content-Type",
            "application/json");
    assertEquals(
        "/v1/collab/drafts/" + created.mustBe(201).at("/data/draft_id"),
        created.header("Location"));
    cast.ana
        .sendTo("GET", "/api/collab/drafts?limit=0", BodyPublishers.noBody())
        .mustRefuse("limit", "\"0\" (expected: a whole number, 1 or more)");
    cast.ana
        .sendTo("GET", "/api/collab/nowhere", BodyPublishers.noBody())
        .mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void every_other_path_is_left_to_the_pages() {
    for (String path : List.of("/", "/index.html", "/v1/collaborate", "/api/other", "/v1")) {
      assertEquals("a page", nobody.sendTo("GET", path, BodyPublishers.noBody()).body());
    }
  }
}
