package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers and the form of every answer of the real program, whichever part makes it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AnswerHeadersIT {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int LOOPS = 12;
  private static final int SOCKETS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = "{\"title\":\"Answers\"}";
  private static final String POST =
      "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\nX-User-Id: ana\r\n"
          + "X-Request-Id: mine\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(DRAFT.length(), DRAFT);

  @TempDir private static Path folder;

  private static Program program;
  private static String url;
  private static String draft;

  /** An answer's head and, if it announces a length, its body. */
  private record Answer(String head, String body, Instant came) {
    static Answer read(InputStream in, boolean hasBody) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("after: " + head);
        }
        head.write(next);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      String length = RawHttp.header(text, "Content-Length");
      byte[] body = in.readNBytes(length.isEmpty() || !hasBody ? 0 : Integer.parseInt(length));
      return new Answer(text, new String(body, StandardCharsets.UTF_8), Instant.now());
    }

    String header(String name) {
      return RawHttp.header(head, name);
    }

    int status() {
      return RawHttp.status(head);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    program =
        Program.start(
            folder,
            Map.of(),
            "--http.port=0",
            "--limit.requests-per-second=1000000",
            "--limit.requests-burst-max-count=1000000");
    url = program.url();
    draft = JSON.readTree(ask(POST, true).body()).at("/data/draft_id").asText();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static Answer ask(String request, boolean hasBody) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return Answer.read(socket.getInputStream(), hasBody);
    }
  }

  private static void assertComplete(Answer answer, boolean hasBody) throws IOException {
    assertFalse(answer.header("X-Request-Id").isEmpty(), answer::toString);
    assertEquals("nosniff", answer.header("X-Content-Type-Options"), answer::toString);
    assertEquals("no-referrer", answer.header("Referrer-Policy"), answer::toString);
    assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"), answer::toString);
    assertTrue(
        answer.header("Content-Security-Policy").matches("default-src '(none|self)';[^|]*"),
        answer::toString);
    assertTrue(
        answer.header("Cache-Control").matches("no-store|(private, )?no-cache"), answer::toString);
    Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date"), Instant::from);
    assertTrue(Duration.between(date, answer.came()).abs().toSeconds() < 5, answer::toString);
    assertEquals("", answer.header("Server"), answer::toString);
    int status = answer.status();
    assertEquals(
        status == 429 || status == 503,
        answer.header("Retry-After").matches("[1-9][0-9]*"),
        answer::toString);
    if (status >= 400) {
      assertEquals("application/problem+json", answer.header("Content-Type"), answer::toString);
    }
    if (status >= 400 && hasBody) {
      assertFalse(answer.body().isEmpty(), answer::toString);
      assertEquals(
          answer.header("X-Request-Id"),
          JSON.readTree(answer.body()).path("request_id").asText(),
          answer::toString);
    }
  }

  @ParameterizedTest
  @Order(1)
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // resources
        "200; GET /v1/collab/session HTTP/1.1|HOST|",
        "200; HEAD /v1/collab/session HTTP/1.1|HOST|",
        "200; GET /v1/collab/drafts/DRAFT HTTP/1.1|HOST|ANA|",
        "200; GET /v1/collab/drafts/DRAFT/events HTTP/1.1|HOST|ANA|Accept: text/event-stream|",
        "200; GET /v1/collab/drafts/DRAFT/events?after=9&wait=1 HTTP/1.1|HOST|ANA|",
        "304; GET /v1/collab/drafts/DRAFT HTTP/1.1|HOST|ANA|If-None-Match: *|",
        "400; POST /v1/collab/drafts HTTP/1.1|HOST|ANA|JSON|Content-Length: 1||{",
        "401; GET /v1/collab/drafts HTTP/1.1|HOST|",
        "401; HEAD /v1/collab/drafts HTTP/1.1|HOST|",
        "404; GET /v1/collab/drafts/none HTTP/1.1|HOST|ANA|",
        "404; GET /v1/collab/none HTTP/1.1|HOST|ANA|",
        "405; PUT /v1/collab/drafts HTTP/1.1|HOST|ANA|",
        "405; TRACE /v1/collab/drafts HTTP/1.1|HOST|ANA|",
        "406; GET /v1/collab/drafts HTTP/1.1|HOST|ANA|Accept: text/html|",
        "412; DELETE /v1/collab/drafts/DRAFT/collaborators/b HTTP/1.1|HOST|ANA|If-Match: \"x\"|",
        "413; POST /v1/collab/drafts HTTP/1.1|HOST|ANA|JSON|Content-Length: 9999999|",
        "415; POST /v1/collab/drafts HTTP/1.1|HOST|ANA|Content-Length: 1||{",
        // pages and operators
        "200; GET / HTTP/1.1|HOST|",
        "200; HEAD / HTTP/1.1|HOST|",
        "304; GET / HTTP/1.1|HOST|If-None-Match: *|",
        "404; GET /none HTTP/1.1|HOST|",
        "405; POST / HTTP/1.1|HOST|",
        "405; TRACE / HTTP/1.1|HOST|",
        "200; GET /health/live HTTP/1.1|HOST|",
        "200; GET /health/ready HTTP/1.1|HOST|",
        "405; POST /health/ready HTTP/1.1|HOST|",
        "200; GET /metrics HTTP/1.1|HOST|",
        // the codec
        "400; GARBAGE|",
        "400; GET /|",
        "400; GET /%zz HTTP/1.1|HOST|",
        "400; GET / HTTP/1.1|",
        "400; GET / HTTP/1.1|Host: a|Host: b|",
        "400; POST /v1/collab/drafts HTTP/1.1|HOST|ANA|JSON|Transfer-Encoding: chunked||zz|",
        "403; GET / HTTP/1.1|Host: example.org|",
        "415; POST / HTTP/1.1|HOST|Content-Encoding: gzip|",
        "417; POST / HTTP/1.1|HOST|Expect: fly|",
        "431; GET / HTTP/1.1|HOST|A: LONG|",
        "505; GET / HTTP/2.0|HOST|",
        "200; GET /v1/collab/session HTTP/1.0|",
        // the handshake
        "400; GET /v1/ws/drafts/DRAFT HTTP/1.1|HOST|UPGRADE|Sec-WebSocket-Key: a|",
        "401; GET /v1/ws/drafts/DRAFT HTTP/1.1|HOST|UPGRADE|KEY|",
        "403; GET /v1/ws/drafts/DRAFT HTTP/1.1|HOST|UPGRADE|KEY|Origin: http://example.org|",
        "404; GET /v1/ws/drafts/none HTTP/1.1|HOST|ANA|UPGRADE|KEY|",
        "405; POST /v1/ws/drafts/DRAFT HTTP/1.1|HOST|",
        "426; GET /v1/ws/drafts/DRAFT HTTP/1.1|HOST|ANA|",
      })
  void each_answer_is_complete(int status, String request) throws IOException {
    String text =
        request
                .replace("HOST", "Host: localhost|X-Request-Id: mine")
                .replace("ANA", "X-User-Id: ana")
                .replace("JSON", "Content-Type: application/json")
                .replace("DRAFT", draft)
                .replace(
                    "UPGRADE",
                    "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13"
                        + "|Sec-WebSocket-Protocol: collab.v1")
                .replace("KEY", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
                .replace("LONG", "a".repeat(20_000))
                .replace("|", "\r\n")
            + "\r\n";
    boolean hasBody = !request.startsWith("HEAD");

    Answer answer = ask(text, hasBody);

    assertEquals(status, answer.status(), answer::toString);
    assertComplete(answer, hasBody);
    if (text.contains("X-Request-Id: mine") && status != 431) {
      assertEquals("mine", answer.header("X-Request-Id"), answer::toString);
    }
  }

  @Test
  @Order(2)
  void an_upgrade_has_the_id_of_its_request() throws IOException {
    Answer answer =
        ask(
            "GET /v1/ws/drafts/%s HTTP/1.1\r\nHost: localhost\r\nX-User-Id: ana\r\n"
                    .formatted(draft)
                + "X-Request-Id: mine\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
            true);

    assertEquals(101, answer.status(), answer::toString);
    assertEquals("mine", answer.header("X-Request-Id"), answer::toString);
  }

  @Test
  @Order(3)
  void handshakes_beyond_the_rate_are_refused_completely() throws IOException {
    Answer answer;
    int count = 0;
    do {
      answer =
          ask(
              "GET /v1/ws/drafts/a HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine\r\n\r\n",
              true);
    } while (answer.status() != 429 && ++count < 1_000);

    assertEquals(429, answer.status(), answer::toString);
    assertComplete(answer, true);
  }

  @Test
  @Order(4)
  void each_answer_is_complete_while_the_server_stops() throws Exception {
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    CountDownLatch looping = new CountDownLatch(LOOPS);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      try {
        for (int i = 0; i < SOCKETS; i++) {
          connect(client);
        }
        List<Future<?>> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
          loops.add(others.submit(() -> postUntilClosed(answers, looping)));
        }
        assertTrue(looping.await(20, TimeUnit.SECONDS));
        program.terminate();
        for (Future<?> loop : loops) {
          loop.get(60, TimeUnit.SECONDS);
        }
      } finally {
        // Else the client waits without end for sockets whose closing handshake it has missed.
        client.shutdownNow();
      }
    }

    assertEquals(0, program.exitCode());
    assertTrue(answers.stream().anyMatch(answer -> answer.status() == 503));
    for (Answer answer : answers) {
      assertTrue(answer.status() == 201 || answer.status() == 503, answer::toString);
      assertComplete(answer, true);
      assertEquals("mine", answer.header("X-Request-Id"));
      if (answer.status() == 503) {
        assertEquals("draining", JSON.readTree(answer.body()).path("code").asText());
      }
    }
  }

  /** Opens a socket, when the rate that the test before has used up allows it again. */
  private static void connect(HttpClient client) throws Exception {
    for (int tries = 0; ; tries++) {
      try {
        client
            .newWebSocketBuilder()
            .header("X-User-Id", "ana")
            .buildAsync(
                URI.create(url.replace("http", "ws") + "/v1/ws/drafts/" + draft),
                new WebSocket.Listener() {})
            .get(20, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        if (tries == 100
            || !(e.getCause() instanceof WebSocketHandshakeException refused)
            || refused.getResponse().statusCode() != 429) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** On one connection, until the server ends it. */
  private static Void postUntilClosed(Queue<Answer> answers, CountDownLatch looping)
      throws IOException {
    try (Socket socket = connect()) {
      while (true) {
        socket.getOutputStream().write(POST.getBytes(StandardCharsets.ISO_8859_1));
        answers.add(Answer.read(socket.getInputStream(), true));
        looping.countDown();
      }
    } catch (EOFException | SocketException ended) {
      return null;
    }
  }
}
