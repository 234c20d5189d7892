package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens go into the real program in every way that there is, and come out of it in none. */
@Tag("long")
final class SecretTokensIT {
  /** Everything that our own code would ever log. */
  private static final String LOG_ALL =
      """
      <configuration>
        <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%level %logger: %msg%n%ex</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="STDERR"/></root>
        <logger name="dev.ringdraft" level="ALL"/>
      </configuration>
      """;

  private static final Pattern DRAFT_ID = Pattern.compile("\"draft_id\":\"([^\"]+)\"");

  @TempDir private Path folder;

  private final String good = token(Tokens.SECRET, 600);
  private final String forged = token("another secret of thirty-two bytes", 600);
  private final String expired = token(Tokens.SECRET, -60);
  private String url = "";

  private static String token(String secret, long seconds) {
    long end = Instant.now().getEpochSecond() + seconds;
    return Tokens.signed(Tokens.hmac(secret), "HS256", "k", Tokens.claims("exp", end));
  }

  @Test
  void a_token_is_neither_echoed_nor_logged() throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, Tokens.SECRET);
    Path logging = folder.resolve("logback.xml");
    Files.writeString(logging, LOG_ALL);
    try (Program program =
        Program.start(
            folder,
            Map.of("RINGDRAFT_JAVA_OPTIONS", "-Dlogback.configurationFile=" + logging),
            "--http.port=0",
            "--auth.jwt.hmac-secret-file",
            secret.toString())) {
      url = program.url();
      String draft = draft();
      for (String token : List.of(forged, expired, good + "x", good + ".a.b")) {
        assertStatus(401, get("/v1/collab/drafts", "Authorization: Bearer " + token));
        assertStatus(401, shakeHands(draft, "", "Authorization: Bearer " + token));
        assertStatus(
            401, shakeHands(draft, "", "Sec-WebSocket-Protocol: collab.v1, bearer." + token));
      }
      assertStatus(401, get("/v1/collab/drafts", "Authorization: Basic " + good));
      assertStatus(401, get("/v1/collab/drafts", "Authorization: " + good));
      assertStatus(401, get("/v1/collab/drafts", "X-User-Id: " + good));
      assertStatus(401, get("/v1/collab/drafts?access_token=" + good, "Accept: */*"));
      assertStatus(401, shakeHands(draft, "?access_token=" + good, "Accept: */*"));
      assertStatus(400, shakeHands(draft, "", "Sec-WebSocket-Protocol: bearer." + good));
      assertStatus(200, get("/v1/collab/drafts", "Authorization: Bearer " + good));
      renewInside(draft);

      program.awaitLog("\"action\":\"GET /v1/ws/drafts/{draft_id}\"");
      program.terminate();
      assertEquals(0, program.exitCode());
      assertHoldsNoToken(program.errors());
      assertHoldsNoToken(String.join("\n", program.output()));
    }
  }

  private String draft() {
    String body = "{\"title\":\"Night train\"}";
    String created =
        exchange(
            "POST /v1/collab/drafts",
            "Authorization: Bearer " + good,
            "Content-Type: application/json",
            "Connection: close",
            "Content-Length: " + body.length() + "\r\n\r\n" + body);
    Matcher id = DRAFT_ID.matcher(created);
    assertTrue(id.find(), created);
    return id.group(1);
  }

  private String get(String path, String header) {
    return exchange("GET " + path, header, "Connection: close");
  }

  private String shakeHands(String draft, String query, String header) {
    return exchange(
        "GET /v1/ws/drafts/" + draft + query,
        header,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  }

  private String exchange(String what, String... headers) {
    int port = URI.create(url).getPort();
    String request =
        "%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n\r\n"
            .formatted(what, port, String.join("\r\n", headers));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new AssertionError(what, failed);
    }
  }

  /** Over a browser's kind of socket: a bad token, one of somebody else, and a good one. */
  private void renewInside(String draft) throws Exception {
    String other =
        Tokens.signed(
            Tokens.hmac(Tokens.SECRET),
            "HS256",
            "k",
            Map.of("sub", "ben", "exp", Instant.now().getEpochSecond() + 600));
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .subprotocols("collab.v1", "bearer." + good)
              .buildAsync(
                  URI.create(url.replaceFirst("http", "ws") + "/v1/ws/drafts/" + draft),
                  new Ear(heard))
              .get(20, TimeUnit.SECONDS);
      try {
        renewInside(socket, heard, other);
      } finally {
        socket.abort();
      }
    }
  }

  private void renewInside(WebSocket socket, BlockingQueue<String> heard, String other)
      throws InterruptedException {
    assertEquals("collab.v1", socket.getSubprotocol());
    for (String token : List.of(forged, other, good)) {
      socket.sendText("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(token), true).join();
    }
    socket.sendText("{\"type\":\"ping\"}", true).join();
    int errors = 0;
    String frame = "";
    while (!frame.contains("\"pong\"")) {
      frame = heard.poll(20, TimeUnit.SECONDS);
      assertHoldsNoToken(String.valueOf(frame));
      errors += frame.contains("\"unauthenticated\"") ? 1 : 0;
    }
    assertEquals(2, errors);
  }

  /** Keeps what it hears. */
  private record Ear(BlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.add(text.toString());
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void assertStatus(int status, String answer) {
    assertEquals("HTTP/1.1 " + status, answer.substring(0, 12), answer);
    assertHoldsNoToken(answer);
  }

  /** Neither claims nor signature of any. */
  private void assertHoldsNoToken(String text) {
    for (String token : List.of(good, forged, expired)) {
      for (String part : token.substring(token.indexOf('.') + 1).split("\\.", -1)) {
        assertFalse(text.contains(part), text);
      }
    }
    assertFalse(text.contains(Tokens.SECRET), text);
  }
}
