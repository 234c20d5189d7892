package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.DegradableStore.Fault;
import dev.ringdraft.rest.problem.ProblemMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies, methods and media types that are no good, and servers that are in fault. */
class RefusedRequestsTest {
  private static final String JSON = "application/json";

  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_body_that_is_no_json_is_told_where() {
    Answer refused = cast.ana.post("/drafts", "{\"title\": Dusk}");
    refused.mustBe(ProblemCode.MALFORMED_JSON);
    assertTrue(refused.at("/detail").contains("line 1, column 11"), refused.body());
    assertFalse(refused.body().contains("jackson"));
  }

  @Test
  void a_body_is_one_object_and_nothing_else() {
    List<String> malformed =
        List.of(
            "",
            " ",
            "{",
            "{\"title\":\"a\"} x",
            "{\"title\":\"a\"}{}",
            "{\"title\":\"a\",\"title\":\"b\"}",
            "{'title':'a'}",
            "{\"title\":\"a\",}",
            "{\"title\":NaN}",
            "/* */{\"title\":\"a\"}",
            "\uFEFF{\"title\":\"a\"}",
            "{\"title\":" + "[".repeat(17) + "]".repeat(17) + "}",
            "{\"title\":" + "[".repeat(20_000));
    for (String body : malformed) {
      cast.ana.post("/drafts", body).mustBe(ProblemCode.MALFORMED_JSON);
    }
    for (String body : List.of("[]", "\"Dusk\"", "1", "null", "true")) {
      assertEquals(
          "body",
          cast.ana
              .post("/drafts", body)
              .mustBe(ProblemCode.VALIDATION_ERROR)
              .at("/errors/0/field"));
    }
  }

  @Test
  void a_body_is_in_utf_8() {
    for (byte[] bytes :
        new byte[][] {
          "{\"title\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
          "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_16),
          {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'}
        }) {
      cast.ana
          .send("POST", "/drafts", BodyPublishers.ofByteArray(bytes), "Content-Type", JSON)
          .mustBe(ProblemCode.MALFORMED_JSON);
    }
  }

  @Test
  void nothing_is_converted() {
    for (String value : List.of("5", "true", "[]", "{}", "1.5")) {
      Answer refused = cast.ana.post("/drafts", "{\"title\":%s}".formatted(value));
      refused.mustBe(ProblemCode.VALIDATION_ERROR);
      assertEquals("title", refused.at("/errors/0/field"));
    }
  }

  @Test
  void every_unknown_field_is_named_and_shown_plainly() {
    Answer refused =
        cast.ana.post(
            "/drafts", "{\"title\":\"a\",\"\\ud800\\u0000\":1,\"%s\":2}".formatted("y".repeat(90)));
    refused.mustBe(ProblemCode.VALIDATION_ERROR);
    assertEquals("\uFFFD\uFFFD", refused.at("/errors/0/field"));
    assertEquals("y".repeat(40) + "…", refused.at("/errors/1/field"));
  }

  @Test
  void a_missing_body_is_missed() {
    cast.ana.send("POST", "/drafts", BodyPublishers.noBody()).mustBe(ProblemCode.MALFORMED_JSON);
    cast.ana
        .send("POST", "/drafts", BodyPublishers.noBody(), "Content-Type", JSON)
        .mustBe(ProblemCode.MALFORMED_JSON);
  }

  @Test
  void a_body_is_json_and_says_so() {
    String body = "{\"title\":\"a\"}";
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
      cast.ana
          .send("POST", "/drafts", BodyPublishers.ofString(body), "Content-Type", type)
          .mustBe(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    cast.ana
        .send("POST", "/drafts", BodyPublishers.ofString(body))
        .mustBe(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    cast.ana
        .send("POST", "/drafts", BodyPublishers.ofString(body), "Content-Type", "a b")
        .mustBe(ProblemCode.VALIDATION_ERROR);
    cast.ana
        .send(
            "POST",
            "/drafts",
            BodyPublishers.ofString(body),
            "Content-Type",
            "application/json; charset=utf-8")
        .mustBe(201);
  }

  @Test
  void an_answer_is_json_or_none() {
    cast.ana.get("/drafts", "Accept", "text/html").mustBe(ProblemCode.NOT_ACCEPTABLE);
    cast.ana.get("/drafts", "Accept", "///").mustBe(ProblemCode.VALIDATION_ERROR);
    Answer answer = cast.ana.get("/drafts", "Accept", "text/html, application/*;q=0.1");
    answer.mustBe(200);
    assertEquals("application/json", answer.header("Content-Type"));
  }

  @Test
  void a_method_that_a_path_has_not_is_told_those_that_it_has() {
    Answer refused = cast.ana.delete("/drafts/" + cast.draft());
    refused.mustBe(ProblemCode.METHOD_NOT_ALLOWED);
    assertEquals("GET,OPTIONS,PATCH", refused.header("Allow"));
    cast.ana.post("/session", "{}").mustBe(ProblemCode.METHOD_NOT_ALLOWED);
  }

  @Test
  void a_body_of_more_than_64_kib_is_refused_announced_or_not() {
    byte[] body = new byte[64 * 1024 + 1];
    Answer announced =
        cast.ana.send("POST", "/drafts", BodyPublishers.ofByteArray(body), "Content-Type", JSON);
    Answer chunked =
        cast.ana.send(
            "POST",
            "/drafts",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "Content-Type",
            JSON);
    for (Answer refused : List.of(announced, chunked)) {
      refused.mustBe(ProblemCode.CONTENT_TOO_LARGE);
      assertEquals("65536", refused.at("/limit"));
    }
    String fits = "{\"title\":\"a\"}" + " ".repeat(64 * 1024 - 13);
    cast.ana.post("/drafts", fits).mustBe(201);
  }

  @Test
  void a_body_that_trickles_is_ended() {
    String line = Trickle.statusLineOf("POST", "/v1/collab/drafts", cast.server.port());
    assertTrue(line.startsWith("HTTP/1.1 408"), line);
  }

  @Test
  void a_client_that_offers_an_upgrade_is_answered_all_the_same() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    URI drafts = URI.create("http://127.0.0.1:" + cast.server.port() + "/v1/collab/drafts");
    HttpRequest request =
        HttpRequest.newBuilder(drafts)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer token-of-ana")
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString("{\"title\":\"Dusk\"}"))
            .build();
    assertEquals(201, upgrading.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void a_store_that_can_not_be_reached_is_worth_another_try() {
    String draft = cast.draft();
    cast.server.store().failWith(Fault.UNREACHABLE);
    for (Answer answer :
        List.of(
            cast.ana.get("/drafts"),
            cast.ana.get("/drafts/" + draft),
            cast.ana.get("/drafts/" + draft + "/events"),
            cast.ana.appends("one", draft))) {
      answer.mustBe(ProblemCode.UNAVAILABLE);
      assertEquals("2", answer.header("Retry-After"));
    }
  }

  @Test
  void what_nobody_foresaw_is_logged_once_and_told_to_nobody() {
    String draft = cast.draft();
    cast.server.store().failWith(Fault.BROKEN);
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger(ProblemMapper.class.getName());
    Handler handler = new Recorder(logged);
    logger.addHandler(handler);
    try {
      Answer failed = cast.ana.appends("my text", draft, "X-Request-Id", "r-500");
      failed.mustBe(ProblemCode.INTERNAL_ERROR);
      assertFalse(failed.body().contains("secret"));
      assertFalse(failed.body().contains("Exception"));
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(1, logged.size());
    assertTrue(logged.getFirst().getMessage().contains("r-500"));
    assertFalse(logged.getFirst().getMessage().contains("my text"));
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> logged;

    Recorder(List<LogRecord> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord one) {
      logged.add(one);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
