package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  private static final int MAX_HEAD = 16 * 1024;
  private static final String END = "Host: a\r\nConnection: close\r\n\r\n";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final Listener listener =
      Listener.builder("127.0.0.1", 0)
          .maxHeadBytes(MAX_HEAD)
          .handlers(List.of(new Echo()))
          .start("http.port");

  /** Says what it heard; waits under /held, and fails under /fault. */
  private final class Echo implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return !path.equals("/nobody");
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      if (request.getRequestURI().equals("/fault")) {
        throw new IllegalStateException("a fault that nobody foresaw");
      }
      byte[] body = request.getInputStream().readAllBytes();
      if (request.getRequestURI().equals("/held")) {
        entered.countDown();
        await(held);
      }
      response.setContentType("text/plain");
      response
          .getOutputStream()
          .write(
              "%s %s %s%s"
                  .formatted(
                      request.getMethod(),
                      request.getRequestURI(),
                      new String(body, StandardCharsets.UTF_8),
                      Thread.currentThread().isVirtual() ? " (virtual)" : "")
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    held.countDown();
    listener.close();
  }

  private String exchange(String request) {
    return RawHttp.exchange(listener.url(), request);
  }

  @Test
  void a_well_formed_request_is_answered_on_a_virtual_thread() {
    String answer = exchange("GET /a?b=c HTTP/1.1\r\n" + END);

    assertEquals(200, RawHttp.status(answer), answer);
    assertTrue(RawHttp.body(answer).contains("GET /a  (virtual)"), answer);
    assertEquals("", RawHttp.header(answer, "Server"));
  }

  @Test
  void bodies_by_length_and_in_chunks_are_read() {
    assertTrue(
        exchange("POST /a HTTP/1.1\r\nContent-Length: 3\r\n" + END + "abc")
            .contains("POST /a abc"));
    assertTrue(
        exchange(
                "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                    + END
                    + "3\r\nabc\r\n0\r\n\r\n")
            .contains("POST /a abc"));
  }

  @Test
  void requests_follow_each_other_on_one_connection() {
    String answers = exchange("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n" + END);

    assertTrue(answers.contains("GET /1 "), answers);
    assertTrue(answers.contains("GET /2 "), answers);
  }

  @Test
  void an_escaped_slash_or_any_other_character_stays_part_of_its_name() {
    String answer = exchange("GET /a%2Fb%7C%C3%A9;c HTTP/1.1\r\n" + END);

    assertTrue(answer.contains("GET /a%2Fb%7C%C3%A9;c "), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /%zz HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET /% HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET /%4 HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET /?%zz HTTP/1.1\\r\\nHost: a | the query is malformed",
        "GET /a\"b HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET /é HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET a HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "OPTIONS * HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "CONNECT a:1 HTTP/1.1\\r\\nHost: a | the target is not a well-formed path",
        "GET /%00 HTTP/1.1\\r\\nHost: a | the target's escapes are not well-formed UTF-8 without NUL",
        "GET /%FF HTTP/1.1\\r\\nHost: a | the target's escapes are not well-formed UTF-8 without NUL",
        "GET /?%C0%AF HTTP/1.1\\r\\nHost: a | the target's escapes are not well-formed UTF-8 without"
            + " NUL",
        "GET /../a HTTP/1.1\\r\\nHost: a | the target leaves its folder",
        "GET /a/%2e%2E/b HTTP/1.1\\r\\nHost: a | the target leaves its folder",
        "GET /a/..%2fb HTTP/1.1\\r\\nHost: a | the target leaves its folder",
        "GET /a/..%5cb HTTP/1.1\\r\\nHost: a | the target leaves its folder",
        "GET /a/. HTTP/1.1\\r\\nHost: a | the target leaves its folder",
        "GET / HTTP/1.1\\r\\nA: b | 0 Host headers (expected: 1)",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a | 2 Host headers (expected: 1)",
        "GET / HTTP/1.1\\r\\nHost: a b | the Host header is malformed",
        "GET / HTTP/1.1\\r\\nHost: a@b | the Host header is malformed",
        "GET / HTTP/1.1\\r\\nHost : a | a header's name is not a token",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nA b: c | a header's name is not a token",
        "GET / HTTP/1.1\\r\\nHost: a\\nB: c | a line of the head does not end with CR LF",
        "GET / HTTP/1.1\\nHost: a | a line of the head does not end with CR LF",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nB: c\\rd | a line of the head does not end with CR LF",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nB: \\0 | the head holds a control character",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nB: \\x1b | the head holds a control character",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked | the"
            + " body's length is told more than once",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 1 | the"
            + " body's length is told more than once",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length: 1 | the body's"
            + " length is told more than once",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1 | the request is malformed",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1, 1 | the request is malformed",
        "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked | the Transfer-Encoding is"
            + " not chunked",
        "G@T / HTTP/1.1\\r\\nHost: a | the method is not a token",
      })
  void what_could_be_read_in_two_ways_is_refused_and_the_connection_ended(
      String head, String detail) {
    String request =
        head.replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\0", "\0")
            .replace("\\x1b", "\u001b");

    String answer = exchange(request + "\r\n\r\nGET /smuggled HTTP/1.1\r\n" + END);

    assertEquals(400, RawHttp.status(answer), answer);
    assertEquals("application/problem+json", RawHttp.header(answer, "Content-Type"));
    assertTrue(answer.contains("\"detail\":\"%s\"".formatted(detail)), answer);
    assertTrue(answer.contains("\"code\":\"validation_error\""), answer);
    assertFalse(answer.contains("smuggled"), answer);
    assertTrue(
        answer.contains("\"request_id\":\"%s\"".formatted(RawHttp.header(answer, "X-Request-Id"))),
        answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET / HTTP/9\r\nHost: a\r\n\r\n",
        "GET / FTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\n",
      })
  void other_protocols_are_refused(String request) {
    String answer = exchange(request);

    assertEquals(505, RawHttp.status(answer), answer);
    assertTrue(answer.contains("\"detail\":\"the protocol is not HTTP/1.1 or HTTP/1.0\""), answer);
  }

  @Test
  void the_oldest_protocol_without_a_host_is_answered() {
    assertEquals(200, RawHttp.status(exchange("GET / HTTP/1.0\r\n\r\n")));
  }

  @Test
  void a_head_that_is_too_large_is_refused() {
    String large = "GET / HTTP/1.1\r\nA: " + "a".repeat(MAX_HEAD) + "\r\n" + END;
    String longTarget = "GET /" + "a".repeat(MAX_HEAD) + " HTTP/1.1\r\n" + END;
    String many = "GET / HTTP/1.1\r\n" + "A: a\r\n".repeat(100) + END;

    for (String request : List.of(large, longTarget, many)) {
      String answer = exchange(request);
      assertEquals(431, RawHttp.status(answer), answer);
      assertTrue(answer.contains("\"code\":\"headers_too_large\""), answer);
    }
  }

  @Test
  void a_request_that_is_no_part_s_is_not_found() {
    String answer = exchange("GET /nobody HTTP/1.1\r\nX-Request-Id: mine\r\n" + END);

    assertEquals(404, RawHttp.status(answer), answer);
    assertEquals("mine", RawHttp.header(answer, "X-Request-Id"));
    assertTrue(answer.contains("\"request_id\":\"mine\""), answer);
  }

  @Test
  void a_fault_tells_nothing_of_the_server() {
    String answer = exchange("GET /fault HTTP/1.1\r\n" + END);

    assertEquals(500, RawHttp.status(answer), answer);
    assertTrue(RawHttp.header(answer, "Content-Type").startsWith("application/problem+json"));
    assertTrue(answer.contains("\"code\":\"internal_error\""), answer);
    assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("grizzly"), answer);
    assertFalse(answer.contains("foresaw"), answer);
  }

  @Test
  void a_request_under_way_ends_before_the_server_does() throws Exception {
    String url = listener.url();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> answer = others.submit(() -> exchange("GET /held HTTP/1.1\r\n" + END));
      await(entered);
      Future<?> drained = others.submit(() -> listener.drain(Duration.ofSeconds(20)));
      awaitRefused(url);
      held.countDown();

      drained.get(20, TimeUnit.SECONDS);
      assertEquals(200, RawHttp.status(answer.get(20, TimeUnit.SECONDS)));
    }
  }

  /** Until no new connection is taken, or none is answered but by 503. */
  private static void awaitRefused(String url) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < end) {
      try {
        String answer = RawHttp.exchange(url, "GET /a HTTP/1.1\r\n" + END);
        if (answer.isEmpty() || RawHttp.status(answer) == 503) {
          return;
        }
      } catch (java.io.UncheckedIOException refused) {
        return;
      }
    }
    throw new AssertionError("still answered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GARBAGE\r\n\r\n", "GET /\r\n\r\n", "\r\nGARBAGE\r\n"})
  void a_line_that_is_no_request_line_is_refused_at_once(String line) {
    long begin = System.nanoTime();
    String answer = exchange(line);

    assertTrue(System.nanoTime() - begin < 5_000_000_000L);
    assertEquals(400, RawHttp.status(answer), answer);
    assertEquals("application/problem+json", RawHttp.header(answer, "Content-Type"));
    assertTrue(RawHttp.body(answer).contains("\"detail\":\"the request line is malformed\""));
    assertFalse(RawHttp.header(answer, "Date").isEmpty());
    assertFalse(RawHttp.header(answer, "X-Request-Id").isEmpty());
  }

  @Test
  void a_content_coding_is_refused_as_not_supported() {
    String answer =
        exchange(
            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\na");

    assertEquals(415, RawHttp.status(answer), answer);
    assertTrue(RawHttp.body(answer).contains("\"code\":\"unsupported_media_type\""), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a", "HEAD /a", "GET /nobody", "GET /fault", "G@T /a"})
  void each_response_has_a_date(String request) {
    Instant begin = Instant.now();

    String answer = exchange(request + " HTTP/1.1\r\n" + END);

    Instant date =
        DateTimeFormatter.RFC_1123_DATE_TIME.parse(RawHttp.header(answer, "Date"), Instant::from);
    Duration late = Duration.between(date, begin).abs();
    assertTrue(late.compareTo(Duration.ofSeconds(3)) < 0, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /a", "GET /nothing", "G@T /a"})
  void each_response_has_a_request_id_and_forbids_sniffing(String request) {
    String answer = exchange(request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertFalse(RawHttp.header(answer, "X-Request-Id").isEmpty(), answer);
    assertEquals("nosniff", RawHttp.header(answer, "X-Content-Type-Options"));
  }

  @Test
  void a_taken_port_is_refused_with_what_helps() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      Listener.Builder second = Listener.builder("127.0.0.1", port);
      String line =
          ("http.port: %d is taken by another process on 127.0.0.1: stop that one, or choose"
                  + " another port (--http.port 0 for any free one)")
              .formatted(port);

      assertEquals(
          line, assertThrows(ListenException.class, () -> second.start("http.port")).getMessage());
      assertEquals(
          line,
          assertThrows(ListenException.class, () -> Listener.probe("127.0.0.1", port, "http.port"))
              .getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, http.host: can't listen on 192.0.2.1 port 8080: ",
    "fe80::1, http.host: can't listen on fe80::1 port 8080: ",
    "no-such-host.invalid, http.host: no-such-host.invalid can't be resolved (expected: "
  })
  void an_address_of_another_machine_is_refused_by_the_key_of_the_host(
      String host, String beginning) {
    ListenException refused =
        assertThrows(ListenException.class, () -> Listener.probe(host, 8080, "http.port"));

    String line = String.valueOf(refused.getMessage());
    assertTrue(line.startsWith(beginning.strip()), line);
    assertNotNull(refused.getCause());
  }
}
