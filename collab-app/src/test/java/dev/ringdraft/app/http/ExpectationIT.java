package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Expect: 100-continue} (RFC 9110, section 10.1.1) at the real program. */
@Tag("long")
final class ExpectationIT {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 300;
  private static final String BODY = "{\"title\":\"Expect\"}";
  private static final String ANA = "X-User-Id: ana|Content-Type: application/json|";

  @TempDir private static Path folder;

  private static Program program;
  private static String url;

  @BeforeAll
  static void start() throws IOException {
    program =
        Program.start(folder, Map.of(), "--http.port=0", "--limit.command-deadline-seconds=1");
    url = program.url();
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  /**
   * The first answer is 100 or final; the second comes after the body and is absent after a final
   * one.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // what the head says; the body of the head's packet; the first answer; the second
        "1.1; E: 100-continue|LENGTH; ; 100; 201",
        "1.1; E: 100-continue|CHUNKED; ; 100; 201",
        "1.1; E: 100-Continue|LENGTH; ; 100; 201",
        "1.1; E: 100-continue|LENGTH; BODY; 201; ",
        "1.1; E: 100-continue|CHUNKED; BODY; 201; ",
        "1.1; E: 100-continue|LENGTH; {; 201; REST",
        "1.1; E: 100-continue|Content-Length: 0|; ; 400; ",
        "1.1; E: 100-continue|; ; 400; ",
        "1.1; LENGTH; BODY; 201; ",
        "1.0; E: 100-continue|LENGTH; BODY; 201; ",
        "1.0; E: 100-continue|LENGTH; ; ; 201",
        "1.0; E: fly|LENGTH; BODY; 201; ",
        "1.1; E: fly|LENGTH; ; 417; ",
        "1.1; E: fly|CHUNKED; ; 417; ",
        "1.1; E: 100-continue, fly|LENGTH; BODY; 417; ",
        "1.1; E: fly|; ; 417; ",
      })
  void each_expectation_is_answered(
      String version, String head, String body, String first, String second) throws IOException {
    try (Socket socket = connect()) {
      send(socket, "POST /v1/collab/drafts HTTP/%s\r\nHost: localhost\r\n".formatted(version));
      send(socket, lines(ANA + head) + "\r\n" + (body == null ? "" : body(head, body)));
      if (first == null) {
        assertSilent(socket);
      } else {
        assertEquals(first, "REST".equals(second) ? first : status(socket));
      }
      if ("REST".equals(second)) {
        send(socket, BODY.substring(1));
        assertEquals(first, status(socket));
      } else if (second != null) {
        send(socket, body(head, "BODY"));
        assertEquals(second, status(socket));
      }
    }
  }

  /** The answer comes instead of 100, and the connection ends without the body. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST /v1/collab/drafts; Content-Type: application/json|LENGTH; 401",
        "POST /v1/collab/drafts; Content-Type: application/json|CHUNKED; 401",
        "POST /v1/collab/drafts; X-User-Id: ana|Content-Type: text/plain|LENGTH; 415",
        "POST /v1/collab/drafts; X-User-Id: ana|Content-Type: text/plain|CHUNKED; 415",
        "POST /v1/collab/drafts; X-User-Id: ana|Content-Encoding: gzip|LENGTH; 415",
        "POST /v1/collab/drafts; X-User-Id: ana|Content-Type: application/json|HUGE; 413",
        "POST /v1/collab/nothing; X-User-Id: ana|Content-Type: application/json|LENGTH; 404",
        "PUT /v1/collab/drafts; X-User-Id: ana|Content-Type: application/json|LENGTH; 405",
        "POST /; LENGTH; 405",
        "POST /nothing; CHUNKED; 404",
        "POST /health/live; LENGTH; 405",
        "POST /v1/ws/drafts/a; CHUNKED; 405",
      })
  void a_problem_that_the_head_shows_is_answered_instead(String line, String head, String status)
      throws IOException {
    try (Socket socket = connect()) {
      send(
          socket,
          line + " HTTP/1.1\r\nHost: localhost\r\n" + lines("E: 100-continue|" + head) + "\r\n");

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
      assertEquals("close", RawHttp.header(answer, "Connection"), answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"LENGTH", "CHUNKED"})
  void a_connection_goes_on_after_a_body_that_was_asked_for(String framing) throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send(socket, "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\n");
        send(socket, lines(ANA + "E: 100-continue|" + framing) + "\r\n");
        assertEquals("100", status(socket));
        send(socket, body(framing, "BODY"));
        assertEquals("201", status(socket));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LENGTH", "CHUNKED"})
  void the_deadline_of_a_command_begins_when_its_body_has_come(String framing)
      throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      send(socket, "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\n");
      send(socket, lines(ANA + "E: 100-continue|" + framing) + "\r\n");
      assertEquals("100", status(socket));
      Thread.sleep(1_500);
      send(socket, body(framing, "BODY"));
      assertEquals("201", status(socket));
    }
  }

  @ParameterizedTest
  @CsvSource({"LENGTH", "CHUNKED"})
  void a_body_that_does_not_come_though_it_was_asked_for_is_refused(String framing)
      throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(4 * PATIENCE_MILLIS);
      send(socket, "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\n");
      send(socket, lines(ANA + "E: 100-continue|" + framing) + "\r\n");
      assertEquals("100", status(socket));
      assertEquals("408", status(socket));
    }
  }

  /** No handler has seen such a request, yet its client gets an answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E: 100-continue|CHUNKED|5",
        "CHUNKED|5",
        "CHUNKED|5|{",
        "E: 100-continue|LENGTH",
        "LENGTH",
        "",
        "Cont",
      })
  void a_request_that_stops_anywhere_gets_408(String rest) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(4 * PATIENCE_MILLIS);
      send(socket, "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\n");
      send(socket, lines(ANA + rest));

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
      assertTrue(answer.endsWith("}"), answer);
      assertEquals("close", RawHttp.header(answer, "Connection"), answer);
    }
  }

  private static String lines(String head) {
    return head.replace("E: ", "Expect: ")
        .replace("LENGTH", "Content-Length: %d|".formatted(BODY.length()))
        .replace("CHUNKED", "Transfer-Encoding: chunked|")
        .replace("HUGE", "Content-Length: 100000000|")
        .replace("|", "\r\n");
  }

  private static String body(String head, String body) {
    if (!body.equals("BODY")) {
      return body;
    }
    return head.contains("CHUNKED") ? "%x\r\n%s\r\n0\r\n\r\n".formatted(BODY.length(), BODY) : BODY;
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    try {
      throw new AssertionError("unexpected byte " + socket.getInputStream().read());
    } catch (SocketTimeoutException silent) {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Reads one answer with its body, if it announces one. */
  private static String status(Socket socket) throws IOException {
    String head = head(socket);
    String length = RawHttp.header(head, "Content-Length");
    if (!length.isEmpty()) {
      socket.getInputStream().skipNBytes(Integer.parseInt(length));
    } else {
      assertEquals("", RawHttp.header(head, "Transfer-Encoding"), head);
    }
    return head.substring(9, 12);
  }

  private static String head(Socket socket) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next;
      try {
        next = socket.getInputStream().read();
      } catch (SocketException reset) {
        next = -1;
      }
      assertTrue(next >= 0, () -> "ended after: " + head);
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }
}
