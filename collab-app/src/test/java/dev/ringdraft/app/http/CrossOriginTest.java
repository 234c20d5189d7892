package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.handler.CorsPolicy;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.site.CrossOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
  private static final String FRIEND = "https://friend.example";

  private static final class Hello implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return path.startsWith("/v1/");
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      response.addHeader("Vary", "Accept");
      response.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String send(Set<String> origins, String method, String headers) {
    try (Listener listener =
        Listener.builder("127.0.0.1", 0)
            .handlers(List.of(new CrossOrigin(new Hello(), new CorsPolicy(origins))))
            .start("http.port")) {
      return RawHttp.exchange(
          listener.url(),
          "%s /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n".formatted(method, headers));
    }
  }

  @Test
  void without_listed_origins_no_page_of_another_is_let_in() {
    String answer = send(Set.of(), "GET", "Origin: https://friend.example\r\n");

    assertEquals("hello", RawHttp.body(answer));
    assertEquals("", RawHttp.header(answer, "Access-Control-Allow-Origin"));
    assertEquals("Accept", RawHttp.header(answer, "Vary"));
  }

  @Test
  void a_page_of_a_listed_origin_may_read_the_answer() {
    String answer = send(Set.of(FRIEND), "GET", "Origin: https://friend.example\r\n");

    assertEquals("hello", RawHttp.body(answer));
    assertEquals(FRIEND, RawHttp.header(answer, "Access-Control-Allow-Origin"));
    assertTrue(RawHttp.header(answer, "Access-Control-Expose-Headers").contains("ETag"));
    assertTrue(RawHttp.header(answer, "Vary").contains("Origin"), answer);
    assertEquals("", RawHttp.header(answer, "Access-Control-Allow-Credentials"));
  }

  @Test
  void a_page_of_a_listed_origin_may_read_errors_that_no_handler_makes() {
    try (Listener listener =
        Listener.builder("127.0.0.1", 0).cors(new CorsPolicy(Set.of(FRIEND))).start("http.port")) {
      String malformed = "GET /a%zz HTTP/1.1\r\nHost: a\r\nOrigin: %s\r\n\r\n";
      String nowhere =
          "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: %s\r\n\r\n";
      for (String request : List.of(malformed, nowhere)) {
        String answer = RawHttp.exchange(listener.url(), request.replace("%s", FRIEND));
        assertTrue(RawHttp.status(answer) >= 400, answer);
        assertEquals(FRIEND, RawHttp.header(answer, "Access-Control-Allow-Origin"));
        assertTrue(RawHttp.header(answer, "Access-Control-Expose-Headers").contains("Retry-After"));

        String other =
            RawHttp.exchange(listener.url(), request.replace("%s", "https://evil.example"));
        assertEquals("", RawHttp.header(other, "Access-Control-Allow-Origin"));
      }
    }
  }

  @Test
  void a_page_of_another_origin_may_not() {
    for (String origin :
        List.of("https://friend.example.evil", "http://friend.example", "null", "https://FRIEND")) {
      String answer = send(Set.of(FRIEND), "GET", "Origin: %s\r\n".formatted(origin));

      assertEquals("", RawHttp.header(answer, "Access-Control-Allow-Origin"));
      assertTrue(RawHttp.header(answer, "Vary").contains("Origin"), answer);
    }
  }

  @Test
  void a_browser_that_asks_first_is_told_what_may_be_sent() {
    String ask = "Access-Control-Request-Method: PATCH\r\nOrigin: ";

    String granted = send(Set.of(FRIEND), "OPTIONS", ask + FRIEND + "\r\n");
    String denied = send(Set.of(FRIEND), "OPTIONS", ask + "https://evil.example\r\n");

    assertEquals(204, RawHttp.status(granted));
    assertEquals(FRIEND, RawHttp.header(granted, "Access-Control-Allow-Origin"));
    assertTrue(RawHttp.header(granted, "Access-Control-Allow-Methods").contains("PATCH"));
    assertTrue(RawHttp.header(granted, "Access-Control-Allow-Headers").contains("Idempotency-Key"));
    assertEquals("", RawHttp.header(denied, "Access-Control-Allow-Origin"));
  }
}
