package dev.ringdraft.app.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mallory, a member of the draft, and strangers, against the real program: each attack gets its
 * clear refusal, costs no threads, and leaves Ana, who writes and watches beside it, served. In the
 * end nothing that the program wrote holds a token, a secret or a text.
 */
@Tag("long")
final class HostileIT {
  /** What the program may have more of than before the first attack: its pools grow a little. */
  private static final int MORE_THREADS = 24;

  private static final byte[] BOMB = new byte[1 << 20];

  @TempDir private static Path folder;
  private static AttackedServer server;
  private static int threads;

  @BeforeAll
  static void start() throws Exception {
    server = new AttackedServer(folder);
    server.servesAna();
    threads = server.threads();
  }

  @AfterEach
  void everybody_else_is_served_and_no_thread_is_held() throws Exception {
    server.servesAna();
    int now = server.threads();
    assertTrue(now <= threads + MORE_THREADS, () -> now + " threads, " + threads + " before");
  }

  @AfterAll
  static void no_output_holds_a_token_a_secret_or_a_text() throws Exception {
    try (AttackedServer besieged = server) {
      String output = besieged.stop();

      assertEquals(List.of(), besieged.secretsIn(output));
      assertFalse(output.contains(" ERROR "), output);
      assertFalse(output.contains("OutOfMemory"), output);
      for (String code :
          List.of("malformed_json", "unauthenticated", "rate_limited", "close_1009")) {
        assertTrue(output.contains("\"code\":\"%s\"".formatted(code)), code + " in " + output);
      }
    }
  }

  private static Map<String, byte[]> bodies() throws IOException {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("400 malformed_json: cut off", bytes("{\"content\":\"" + text()));
    bodies.put("400 malformed_json: deep", bytes("{\"content\":" + "[".repeat(30_000)));
    bodies.put("400 malformed_json: deep objects", bytes("{\"a\":".repeat(10_000)));
    bodies.put(
        "400 malformed_json: a name twice",
        bytes("{\"content\":\"a\",\"content\":\"" + text() + "\"}"));
    bodies.put("400 malformed_json: two values", bytes("{\"content\":\"a\"} {}"));
    bodies.put("400 malformed_json: no JSON", bytes("<content>" + text() + "</content>"));
    bodies.put("400 malformed_json: nothing", bytes(""));
    bodies.put("400 malformed_json: invalid UTF-8", latin("{\"content\":\"\u00C0\u00AF\"}"));
    bodies.put(
        "400 malformed_json: a surrogate in UTF-8", latin("{\"content\":\"\u00ED\u00A0\u0080\"}"));
    bodies.put("400 malformed_json: a raw NUL", bytes("{\"content\":\"\0\"}"));
    bodies.put("400 malformed_json: a compressed bomb", gzip(BOMB));
    bodies.put("400 validation_error: an array", bytes("[1]"));
    bodies.put("400 validation_error: NUL", bytes("{\"content\":\"a\\u0000b\"}"));
    bodies.put("400 validation_error: a lone surrogate", bytes("{\"content\":\"a\\ud800b\"}"));
    bodies.put(
        "400 validation_error: surrogates reversed", bytes("{\"content\":\"\\udc00\\ud800\"}"));
    bodies.put(
        "400 validation_error: too long", bytes("{\"content\":\"" + "a".repeat(501) + "\"}"));
    bodies.put("400 validation_error: a number", bytes("{\"content\":1}"));
    bodies.put(
        "400 validation_error: an unknown field", bytes("{\"content\":\"a\",\"position\":0}"));
    bodies.put(
        "400 validation_error: a proto",
        bytes("{\"content\":\"a\",\"__proto__\":{\"admin\":true}}"));
    bodies.put(
        "400 validation_error: a huge exponent",
        bytes("{\"content\":\"a\",\"ring_term\":1e999999999}"));
    bodies.put(
        "400 malformed_json: a number of 60,000 digits",
        bytes("{\"content\":\"a\",\"ring_term\":" + "9".repeat(60_000) + "}"));
    bodies.put("413 content_too_large: 10 MB", new byte[10 << 20]);
    return bodies;
  }

  private static String text() {
    return server.secret("Mallory's text " + System.nanoTime());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    }
    return compressed.toByteArray();
  }

  @Test
  void hostile_bodies_are_refused_each_with_its_reason() throws IOException {
    for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
      String answer = server.post("mallory", server.path("segments"), body.getValue());

      String expected = body.getKey().replaceFirst(":.*", "");
      assertEquals(
          expected,
          AttackedServer.status(answer) + " " + AttackedServer.body(answer).path("code").asText(),
          body.getKey());
      assertTrue(AttackedServer.body(answer).hasNonNull("request_id"), answer);
    }
  }

  @Test
  void text_that_deceives_the_eye_is_kept_as_it_was_written() throws IOException {
    String text =
        server.secret("a\u202Ebc\u2066\u200B\uFEFF<script>alert(1)</script>\u0301 e\u0301");
    String answer =
        server.post("ana", server.path("segments"), "{\"content\":\"%s\"}".formatted(text));

    assertEquals(201, AttackedServer.status(answer), answer);
    assertEquals(text, AttackedServer.body(answer).at("/data/content").asText());
    assertTrue(answer.contains("Content-Type: application/json"), answer);
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    String read = server.get("ben", "/drafts/" + server.draft());
    assertTrue(
        AttackedServer.body(read).at("/data/segments").findValuesAsText("content").contains(text),
        read);
  }

  static Stream<Arguments> heads() {
    String end = "\r\nHost: a\r\nConnection: close\r\n\r\n";
    return Stream.of(
        Arguments.of("a folder above", "GET /../../etc/passwd HTTP/1.1" + end, 400),
        Arguments.of("escaped folders", "GET /assets/..%2f..%2fetc/passwd HTTP/1.1" + end, 400),
        Arguments.of("backslashes", "GET /assets/..%5c..%5cetc HTTP/1.1" + end, 400),
        Arguments.of("NUL in the path", "GET /drafts/%00 HTTP/1.1" + end, 400),
        Arguments.of(
            "folders of a draft", "GET /v1/collab/drafts/..%2f..%2fhealth HTTP/1.1" + end, 400),
        Arguments.of(
            "an address as long as may be", "GET /" + "a".repeat(15_000) + " HTTP/1.1" + end, 404),
        Arguments.of(
            "escapes as many as may be", "GET /?" + "%41a".repeat(3_900) + " HTTP/1.1" + end, 200),
        Arguments.of("a long address", "GET /" + "a".repeat(100_000) + " HTTP/1.1" + end, 431),
        Arguments.of("a long header", "GET / HTTP/1.1\r\nA: " + "a".repeat(100_000) + end, 431),
        Arguments.of("many headers", "GET / HTTP/1.1\r\n" + "A: a\r\n".repeat(200) + end, 431),
        Arguments.of(
            "a line of its own in a header",
            "GET / HTTP/1.1\r\nX-Request-Id: a\rSet-Cookie: b" + end,
            400),
        Arguments.of(
            "a line feed in a header", "GET / HTTP/1.1\r\nX-Request-Id: a\nb: c" + end, 400),
        Arguments.of(
            "two lengths",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked" + end,
            400),
        Arguments.of("no HTTP", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n\r\n", 400),
        Arguments.of("HTTP/2 unasked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void hostile_heads_are_refused_and_the_connection_ended(String name, String head, int status)
      throws IOException {
    try (Wire wire = new Wire(server.port())) {
      String answer = wire.send(head).rest();

      assertTrue(
          AttackedServer.status(answer) == status
              || (status == 400 && AttackedServer.status(answer) == 505),
          answer);
      assertFalse(answer.contains("Set-Cookie"), answer);
      assertFalse(answer.contains("root:"), answer);
    }
  }

  @Test
  void line_ends_in_a_query_or_an_id_reach_no_header() throws IOException {
    String answer =
        server.get("mallory", "/drafts/a%0d%0aSet-Cookie:%20b?after=%0d%0aSet-Cookie:%20c");

    assertEquals(404, AttackedServer.status(answer), answer);
    assertFalse(answer.contains("\nSet-Cookie"), answer);
  }

  @Test
  void slow_heads_and_slow_bodies_end_in_time() throws Exception {
    try (ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> heads = new ArrayList<>();
      List<Future<String>> bodies = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        heads.add(slow.submit(() -> trickle("GET / HTTP/1.1\r\nHost: a\r\nA: ")));
        bodies.add(
            slow.submit(
                () -> trickle(server.postHead("mallory", server.path("segments"), 60_000))));
      }
      Future<String> stalled =
          slow.submit(
              () -> {
                try (Wire wire = new Wire(server.port())) {
                  return wire.send(server.postHead("mallory", server.path("segments"), 60_000))
                      .send("{")
                      .rest();
                }
              });

      server.servesAna();

      for (Future<String> head : heads) {
        // The bytes that still come reset the connection, perhaps before the client reads.
        String answer = head.get(60, TimeUnit.SECONDS);
        assertTrue(
            "HTTP/1.1 408".startsWith(answer.substring(0, Math.min(12, answer.length()))), answer);
      }
      for (Future<String> body : bodies) {
        assertEquals(408, AttackedServer.status(body.get(60, TimeUnit.SECONDS)));
      }
      assertEquals(408, AttackedServer.status(stalled.get(60, TimeUnit.SECONDS)));
    }
  }

  private static String trickle(String begin) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(begin).trickle(100);
    }
  }

  @Test
  void half_closed_connections_end() throws IOException {
    try (Wire nothing = new Wire(server.port());
        Wire half = new Wire(server.port());
        Wire whole = new Wire(server.port());
        Wire socket = server.socket("mallory")) {
      nothing.shutOutput();
      half.send("GET / HT").shutOutput();
      whole.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").shutOutput();
      socket.shutOutput();

      for (Wire wire : List.of(nothing, half, whole, socket)) {
        wire.rest();
      }
    }
  }

  @Test
  void connections_that_ask_for_nothing_make_way() throws Exception {
    List<Wire> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * AttackedServer.CONNECTIONS; i++) {
        idle.add(new Wire(server.port()));
      }
      server.servesAna();
      assertEquals("", idle.getFirst().rest());
    } finally {
      for (Wire wire : idle) {
        wire.close();
      }
    }
  }

  @Test
  void a_flood_of_handshakes_is_limited() throws IOException {
    int limited = 0;
    for (int i = 0; i < 200; i++) {
      try (Wire wire = new Wire(server.port())) {
        String bad = server.secret("bad" + i + "." + System.nanoTime());
        String answer =
            wire.send(
                    server.handshake("nobody").replaceFirst("bearer\\.\\S+", "bearer." + bad)
                        + "\r\n")
                .rest();
        int status = AttackedServer.status(answer);
        assertTrue(status == 401 || status == 429, answer);
        assertFalse(answer.contains(bad), answer);
        limited += status == 429 ? 1 : 0;
      }
    }
    assertTrue(limited > 0, "nobody was limited");
  }

  @Test
  void a_flood_of_mutations_is_limited_to_its_author() throws Exception {
    int limited = 0;
    int refused = 0;
    try (Wire wire = new Wire(server.port())) {
      String body = "{\"content\":\"%s\"}".formatted(text());
      String request =
          server
                  .postHead("eve", server.path("segments"), body.length())
                  .replace("Connection: close\r\n", "")
              + body;
      for (int i = 0; i < 400; i++) {
        int status = AttackedServer.status(wire.send(request).answer());
        assertTrue(status == 403 || status == 429, () -> "status " + status);
        limited += status == 429 ? 1 : 0;
        refused += status == 403 ? 1 : 0;
        if (i % 100 == 0) {
          server.servesAna();
        }
      }
    }
    assertTrue(limited > 0, "nobody was limited");
    assertTrue(refused > 0, "nobody was refused");
  }

  static List<HostileFrames> frames() {
    return HostileFrames.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void hostile_frames_end_their_socket_with_its_code(HostileFrames hostile) throws IOException {
    try (Wire wire = server.socket("mallory")) {
      wire.send(hostile.bytes());

      assertEquals(hostile.code(), wire.closeCode());
      wire.rest();
    }
  }
}
