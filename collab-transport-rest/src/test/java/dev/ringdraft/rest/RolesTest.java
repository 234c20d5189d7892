package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.ProblemCode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what, by whatever spelling of the path. ANA is the creator, BEN holds the ring, CLEO
 * is a contributor without it, VERA a viewer; DORA was removed, SAM is a stranger.
 */
class RolesTest {
  private static SharedDraft cast;

  @BeforeAll
  static void start() {
    cast = SharedDraft.on(RestServer.start());
  }

  @AfterAll
  static void stop() {
    cast.close();
  }

  /** {@code D} stands for the draft. What a stranger gets, who was removed gets, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // method | path | body | creator | holder | contributor | viewer | stranger
        "GET    | /D                          |                             | 200 | 200 | 200 | 200 | 404",
        "GET    | /D/events                   |                             | 200 | 200 | 200 | 200 | 404",
        "GET    | /D/events?after=0&wait=1    |                             | 200 | 200 | 200 | 200 | 404",
        "GET    | /D/presence                 |                             | 200 | 200 | 200 | 200 | 404",
        "GET    | /D/stats                    |                             | 200 | 200 | 200 | 200 | 404",
        "GET    | /D/export?format=html       |                             | 200 | 200 | 200 | 200 | 404",
        "PATCH  | /D                          | {\"title\":\"Dawn\"}          | 200 | 403 | 403 | 403 | 404",
        "PATCH  | /D                          | {\"status\":\"locked\"}       | 200 | 403 | 403 | 403 | 404",
        "POST   | /D/segments                 | {\"content\":\"a\"}           | 403 | 201 | 403 | 403 | 404",
        "POST   | /D/append                   | {\"content\":\"a\"}           | 403 | 201 | 403 | 403 | 404",
        "POST   | /D/pass-ring                | {\"to_user_id\":\"cleo\"}     | 403 | 200 | 403 | 403 | 404",
        "POST   | /D/pass-ring                | {\"to\":\"next\"}          | 403 | 200 | 403 | 403 | 404",
        "POST   | /D/revoke-ring              | {}                          | 200 | 403 | 403 | 403 | 404",
        "POST   | /D/ring-requests            |                             | 201 | 409 | 201 | 409 | 404",
        "DELETE | /D/ring-requests/cleo       |                             | 404 | 404 | 404 | 403 | 404",
        "PATCH  | /D                          | {\"turn_policy\":{}}        | 200 | 403 | 403 | 403 | 404",
        "PATCH  | /D/collaborators/cleo       | {\"role\":\"viewer\"}       | 200 | 403 | 403 | 403 | 404",
        "PATCH  | /D/collaborators/cleo       | {\"away\":true}             | 200 | 403 | 200 | 403 | 404",
        "PATCH  | /D/collaborators/ana        | {\"role\":\"viewer\"}       | 409 | 403 | 403 | 403 | 404",
        "PATCH  | /D/collaborators/nobody     | {\"away\":true}             | 404 | 403 | 403 | 403 | 404",
        "POST   | /D/collaborators            | {\"user_id\":\"zoe\"}         | 201 | 403 | 403 | 403 | 404",
        "POST   | /D/collaborators            | {\"user_id\":\"ben\"}         | 409 | 403 | 403 | 403 | 404",
        "DELETE | /D/collaborators/cleo       |                             | 204 | 403 | 204 | 403 | 404",
        "DELETE | /D/collaborators/vera       |                             | 204 | 403 | 403 | 204 | 404",
        "DELETE | /D/collaborators/ana        |                             | 409 | 403 | 403 | 403 | 404",
        "DELETE | /D/collaborators/nobody     |                             | 404 | 403 | 403 | 403 | 404",
      })
  void a_role_may_do_this_and_no_more(
      String method,
      String path,
      @Nullable String body,
      int creator,
      int holder,
      int contributor,
      int viewer,
      int stranger) {
    Map<String, Integer> expected = new LinkedHashMap<>();
    expected.put("ana", creator);
    expected.put("ben", holder);
    expected.put("cleo", contributor);
    expected.put("vera", viewer);
    expected.put("dora", stranger);
    expected.put("sam", stranger);
    for (String base : List.of("/v1/collab/drafts", "/api/collab/drafts")) {
      expected.forEach(
          (user, status) ->
              assertAnswer(status, cast.server.as(user), user, method, base + path, body));
      assertAnswer(401, cast.server.asNobody(), "nobody", method, base + path, body);
      assertAnswer(401, withABadToken(), "a bad token", method, base + path, body);
    }
  }

  @Test
  void a_stream_of_events_is_for_members() throws Exception {
    String draft = draft(cast);
    for (String member : List.of("ana", "ben", "cleo", "vera")) {
      try (Stream stream = Stream.of(cast.server, member, draft + "/events").begins()) {
        assertEquals(7, stream.events(7).size());
      }
    }
    for (String other : List.of("dora", "sam")) {
      cast.server
          .as(other)
          .get("/drafts/" + draft + "/events", "Accept", "text/event-stream")
          .mustBe(ProblemCode.NOT_FOUND);
    }
    cast.server
        .asNobody()
        .get("/drafts/" + draft + "/events", "Accept", "text/event-stream")
        .mustBe(ProblemCode.UNAUTHENTICATED);
  }

  @Test
  void a_draft_is_in_the_lists_of_its_members_alone() {
    try (SharedDraft others = SharedDraft.on(RestServer.start())) {
      String draft = draft(others);
      for (String member : List.of("ana", "ben", "cleo", "vera")) {
        assertEquals(
            draft, others.server.as(member).get("/drafts").mustBe(200).at("/data/0/draft_id"));
      }
      for (String other : List.of("dora", "sam")) {
        Answer list = others.server.as(other).get("/drafts").mustBe(200);
        assertEquals(0, list.json().at("/data").size(), other);
      }
    }
  }

  @Test
  void a_token_in_the_address_is_nobody_s() {
    for (String name : List.of("access_token", "token", "bearer", "authorization", "jwt")) {
      cast.server
          .asNobody()
          .get("/drafts?" + name + "=token-of-ana")
          .mustBe(ProblemCode.UNAUTHENTICATED);
    }
    cast.server.asNobody().get("/drafts?X-User-Id=ana").mustBe(ProblemCode.UNAUTHENTICATED);
  }

  private static RestClient withABadToken() {
    return new RestClient(cast.server, "Authorization", "Bearer bad", "X-User-Id", "ana");
  }

  private static void assertAnswer(
      int status,
      RestClient client,
      String who,
      String method,
      String path,
      @Nullable String body) {
    BodyPublisher sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    List<String> headers = new ArrayList<>();
    if (body != null) {
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    String asked = path.replace("D", draft(cast));
    Answer answer = client.sendTo(method, asked, sent, headers.toArray(String[]::new));
    assertEquals(status, answer.status(), () -> who + ": " + method + " " + path + answer.body());
  }

  /** A draft of which BEN holds the ring, and that DORA was removed from: revision 7. */
  private static String draft(SharedDraft cast) {
    String draft = cast.draft();
    cast.ana.adds("dora", "contributor", draft);
    cast.ana.delete("/drafts/" + draft + "/collaborators/dora").mustBe(204);
    cast.ana.passesTo("ben", draft).mustBe(200);
    return draft;
  }
}
