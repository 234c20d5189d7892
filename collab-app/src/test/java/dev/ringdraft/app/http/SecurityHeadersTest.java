package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.app.http.address.TrustedProxies;
import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {
  private Listener listener = listener(TrustedProxies.none());

  /** Says nothing of its own. */
  private static final class Plain implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return true;
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      response.getOutputStream().write('a');
    }
  }

  private static Listener listener(TrustedProxies proxies) {
    return Listener.builder("127.0.0.1", 0)
        .behind(proxies)
        .handlers(List.of(new Plain()))
        .start("http.port");
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  private void trustLoopback() {
    listener.close();
    listener = listener(TrustedProxies.of(List.of("127.0.0.1")));
  }

  private String answer(String headers) {
    return answer("app.example", headers);
  }

  private String answer(String host, String headers) {
    return RawHttp.exchange(
        listener.url(),
        "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n".formatted(host, headers));
  }

  @Test
  void every_answer_is_no_page_and_embedded_by_nobody() {
    String answer = answer("");

    assertEquals(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        RawHttp.header(answer, "Content-Security-Policy"));
    assertEquals("same-origin", RawHttp.header(answer, "Cross-Origin-Resource-Policy"));
    assertEquals("no-referrer", RawHttp.header(answer, "Referrer-Policy"));
    assertEquals("", RawHttp.header(answer, "Strict-Transport-Security"));
    assertEquals("", RawHttp.header(answer, "Access-Control-Allow-Origin"));
  }

  @Test
  void who_came_by_tls_to_a_trusted_proxy_shall_come_by_tls_again() {
    trustLoopback();

    assertEquals(
        "max-age=31536000",
        RawHttp.header(answer("X-Forwarded-Proto: https\r\n"), "Strict-Transport-Security"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8443", "127.0.0.1", "[::1]"})
  void this_machine_is_not_pinned_to_tls(String host) {
    trustLoopback();

    assertEquals(
        "",
        RawHttp.header(answer(host, "X-Forwarded-Proto: https\r\n"), "Strict-Transport-Security"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "X-Forwarded-Proto: http\r\n",
        "X-Forwarded-Proto: https, http\r\n",
        "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n",
      })
  void who_came_without_is_not_told(String headers) {
    trustLoopback();

    assertEquals("", RawHttp.header(answer(headers), "Strict-Transport-Security"));
  }

  @Test
  void a_proxy_that_is_not_trusted_is_not_believed() {
    assertEquals(
        "", RawHttp.header(answer("X-Forwarded-Proto: https\r\n"), "Strict-Transport-Security"));
  }
}
