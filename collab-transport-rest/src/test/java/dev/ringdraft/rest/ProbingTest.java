package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stranger can't tell a draft from none: neither by what an answer says, nor by how often the
 * store was asked for it.
 */
@Tag("long")
class ProbingTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  /** What can be told of an answer. */
  private record Trace(int status, Map<String, List<String>> headers, String body, int reads) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "GET    | /D                      | -                                      | -",
        "HEAD   | /D                      | -                                      | -",
        "GET    | /D                      | -                                      | If-None-Match: \"e.1\"",
        "GET    | /D                      | -                                      | If-None-Match: *",
        "GET    | /D/events               | -                                      | -",
        "GET    | /D/events?after=4       | -                                      | -",
        "GET    | /D/events?after=4&wait=9 | -                                     | -",
        "GET    | /D/events               | -                                      | Accept: text/event-stream",
        "HEAD   | /D/events               | -                                      | Accept: text/event-stream",
        "GET    | /D?last_segments=1      | -                                      | -",
        "GET    | /D/segments             | -                                      | -",
        "GET    | /D/segments?before=1    | -                                      | -",
        "GET    | /D/presence             | -                                      | -",
        "GET    | /D/stats                | -                                      | -",
        "GET    | /D/export?format=html   | -                                      | -",
        "PATCH  | /D                      | {\"title\":\"Dawn\"}                     | -",
        "PATCH  | /D                      | {\"title\":\"Dawn\"}                     | If-Match: \"e.1\"",
        "PATCH  | /D                      | {}                                     | -",
        "POST   | /D/segments             | {\"content\":\"a\"}                      | -",
        "POST   | /D/segments             | {\"content\":\"a\"}                      | Idempotency-Key: k",
        "POST   | /D/segments             | {\"content\":\"a\"}                      | If-Match: *",
        "POST   | /D/segments             | {\"content\":\"a\"}                      | Prefer: return=representation",
        "POST   | /D/segments             | {\"content\":\"a\",\"ring_term\":7}      | -",
        "POST   | /D/segments             | {\"content\":\"\"}                       | -",
        "POST   | /D/append               | {\"content\":\"a\"}                      | -",
        "POST   | /D/pass-ring            | {\"to_user_id\":\"ben\"}                 | -",
        "POST   | /D/pass-ring            | {\"to_user_id\":\"sam\",\"ring_term\":1} | -",
        "POST   | /D/collaborators        | {\"user_id\":\"sam\"}                    | -",
        "DELETE | /D/collaborators/ben    | -                                      | -",
        "DELETE | /D/collaborators/sam    | -                                      | -",
        "DELETE | /D/collaborators/ana    | -                                      | If-Match: \"e.1\"",
      })
  void a_stranger_gets_the_404_of_a_draft_that_is_not_there(
      String method, String path, @Nullable String body, @Nullable String header) throws Exception {
    String draft = cast.draft();
    String locked = cast.draft();
    cast.ana.patch("/drafts/" + locked, "{\"status\":\"locked\"}").mustBe(200);

    for (String base : List.of("/v1/collab/drafts", "/api/collab/drafts")) {
      Trace none = trace(method, base + path.replace("D", "id-0"), body, header);
      assertEquals(404, none.status());

      assertEquals(none, trace(method, base + path.replace("D", draft), body, header));
      assertEquals(none, trace(method, base + path.replace("D", locked), body, header));
      try (Stream watched = Stream.of(cast.server, "ana", draft + "/events").begins()) {
        watched.events(4);
        assertEquals(none, trace(method, base + path.replace("D", draft), body, header));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "POST   | /D/segments             | {\"content\":                            | -",
        "POST   | /D/segments             | {\"content\":\"a\",\"colour\":1}         | -",
        "POST   | /D/pass-ring            | {}                                     | -",
        "GET    | /D/events?after=x       | -                                      | -",
        "DELETE | /D                      | -                                      | -",
        "PUT    | /D                      | {}                                     | -",
        "GET    | /D/segments?before=x    | -                                      | -",
        "GET    | /D?last_segments=x      | -                                      | -",
        "GET    | /D/export?format=pdf    | -                                      | -",
        "GET    | /D/nowhere              | -                                      | -",
      })
  void what_is_malformed_is_refused_alike_and_the_store_is_not_asked(
      String method, String path, @Nullable String body, @Nullable String header) {
    String draft = cast.draft();

    Trace none = trace(method, "/v1/collab/drafts" + path.replace("D", "id-0"), body, header);

    assertEquals(none, trace(method, "/v1/collab/drafts" + path.replace("D", draft), body, header));
    assertEquals(0, none.reads());
  }

  @Test
  void who_was_removed_gets_the_answers_of_a_stranger() {
    String draft = cast.draft();
    cast.ana.adds("sam", "contributor", draft);
    Answer seen = cast.stranger.get("/drafts/" + draft).mustBe(200);
    cast.ana.delete("/drafts/" + draft + "/collaborators/sam").mustBe(204);

    String path = "/v1/collab/drafts/";
    String known = "If-None-Match: " + seen.header("ETag");
    for (String header : new String[] {null, known}) {
      assertEquals(
          trace("GET", path + "id-0", null, header), trace("GET", path + draft, null, header));
    }
  }

  private Trace trace(String method, String path, @Nullable String body, @Nullable String header) {
    List<String> headers = new ArrayList<>(List.of("X-Request-Id", "probe"));
    if (body != null) {
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    if (header != null) {
      headers.addAll(List.of(header.split(": ", 2)));
    }
    int before = cast.server.store().reads();
    Answer answer =
        cast.stranger.sendTo(
            method,
            path,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
            headers.toArray(String[]::new));
    Map<String, List<String>> shown = new TreeMap<>(answer.headers());
    shown.remove("date");
    return new Trace(answer.status(), shown, answer.body(), cast.server.store().reads() - before);
  }
}
