package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.codec.LoopbackOnly;
import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {
  private static final Listener LISTENER =
      Listener.builder("127.0.0.1", 0)
          .policy(new LoopbackOnly("drafts.internal"))
          .handlers(List.of(new Secret()))
          .start("http.port");

  /** Answers whatever reaches it. */
  private static final class Secret implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return true;
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      response.getOutputStream().write("secret".getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  static void stop() {
    LISTENER.close();
  }

  private static String ask(String headers) {
    return RawHttp.exchange(
        LISTENER.url(), "GET / HTTP/1.1\r\n%sConnection: close\r\n\r\n".formatted(headers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:",
        "drafts.localhost:8080",
        "127.0.0.1",
        "127.8.9.1:8080",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "Drafts.Internal:8080"
      })
  void this_machine_is_asked_by_its_own_names(String host) {
    assertEquals("secret", RawHttp.body(ask("Host: %s\r\n".formatted(host))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io",
        "evil-localhost",
        "127.0.0.1.",
        "0.0.0.0:8080",
        "192.0.2.1",
        "[::]",
        "[2001:db8::1]",
        "2130706433",
        "0x7f.1"
      })
  void a_name_that_was_led_here_is_refused(String host) {
    String answer = ask("Host: %s\r\n".formatted(host));

    assertEquals(403, RawHttp.status(answer));
    assertTrue(RawHttp.body(answer).contains("\"code\":\"forbidden\""), answer);
    assertFalse(answer.contains("secret"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded: for=192.0.2.1",
        "x-forwarded-for: 192.0.2.1",
        "X-Forwarded-Host: drafts.example",
        "X-Real-IP: 192.0.2.1",
        "Via: 1.1 proxy.example"
      })
  void what_a_proxy_has_passed_on_is_refused(String header) {
    String answer = ask("Host: localhost\r\n%s\r\n".formatted(header));

    assertEquals(403, RawHttp.status(answer));
    assertFalse(answer.contains("secret"), answer);
  }

  @Test
  void a_request_without_a_host_comes_from_no_browser() {
    String answer = RawHttp.exchange(LISTENER.url(), "GET / HTTP/1.0\r\n\r\n");

    assertEquals("secret", RawHttp.body(answer));
  }

  @Test
  void a_target_in_absolute_form_says_the_host_whatever_the_header_says() {
    String request = "GET http://%s/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";

    assertEquals(
        403,
        RawHttp.status(
            RawHttp.exchange(LISTENER.url(), request.formatted("evil.example", "localhost"))));
    assertEquals(
        200,
        RawHttp.status(
            RawHttp.exchange(LISTENER.url(), request.formatted("localhost", "evil.example"))));
  }
}
