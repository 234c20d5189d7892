package dev.ringdraft.app.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The real program with a key of its own and little memory, and Ana, an honest user, who writes and
 * watches. All secrets and texts that anybody used are remembered.
 */
final class AttackedServer implements AutoCloseable {
  /** Room for so few network connections that a test can fill it. */
  static final int CONNECTIONS = 60;

  private static final String SECRET = "a secret of the suite that no log shall ever show";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Program program;
  private final Queue<String> secrets = new ConcurrentLinkedQueue<>(List.of(SECRET));
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final int port;
  private final String draft;
  private final WebSocket watch;

  AttackedServer(Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("secret"), SECRET);
    program =
        Program.start(
            folder,
            Map.of("RINGDRAFT_JAVA_OPTIONS", "-Xmx160m -XX:MaxDirectMemorySize=64m"),
            "--http.port=0",
            "--auth.jwt.hmac-secret-file=" + key,
            "--limit.request-read-timeout-seconds=1",
            "--limit.network-connections-max-count=" + CONNECTIONS);
    port = URI.create(program.url()).getPort();
    draft =
        data(post("ana", "/drafts", "{\"title\":\"%s\"}".formatted(secret("A siege"))))
            .get("draft_id")
            .asText();
    for (String user : List.of("ben", "mallory", "eve")) {
      data(post("ana", path("collaborators"), "{\"user_id\":\"%s\"}".formatted(user)));
    }
    watch = watch();
  }

  int port() {
    return port;
  }

  String draft() {
    return draft;
  }

  /** The path of a resource of the draft, below {@code /v1/collab}. */
  String path(String resource) {
    return "/drafts/" + draft + "/" + resource;
  }

  /** Remembers what must not be in any output. */
  String secret(String text) {
    secrets.add(text);
    return text;
  }

  /** A token for this user that the server accepts for two minutes. */
  String token(String user) {
    String claims =
        "{\"sub\":\"%s\",\"exp\":%d,\"jti\":\"%s\"}"
            .formatted(user, Instant.now().getEpochSecond() + 120, UUID.randomUUID());
    String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
    return secret(signed + "." + signature(signed));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** An upgrade request of this user, up to the empty line. */
  String handshake(String user) {
    return "GET /v1/ws/drafts/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(draft, port)
        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: collab.v1, bearer.%s\r\n".formatted(token(user));
  }

  /** An open socket of this user that may be compressed; patient while too many are asked for. */
  Wire socket(String user) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Wire wire = new Wire(port);
      wire.send(handshake(user) + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
      String head = wire.head();
      if (status(head) == 101) {
        return wire;
      }
      wire.close();
      assertTrue(status(head) == 429 && System.nanoTime() < end, head);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** A request with a body of JSON, on a connection of its own; gives the whole answer. */
  String post(String user, String path, String json) throws IOException {
    return post(user, path, json.getBytes(StandardCharsets.UTF_8));
  }

  String post(String user, String path, byte[] body) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(postHead(user, path, body.length)).send(body).rest();
    }
  }

  /** The head of such a request. */
  String postHead(String user, String path, long length) {
    return "POST /v1/collab%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".formatted(path)
        + "Authorization: Bearer %s\r\n".formatted(token(user))
        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(length);
  }

  String get(String user, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(
              "GET /v1/collab%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".formatted(path)
                  + "Authorization: Bearer %s\r\n\r\n".formatted(token(user)))
          .rest();
    }
  }

  static int status(String answer) {
    return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
  }

  static JsonNode body(String answer) throws IOException {
    byte[] utf8 =
        answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    return JSON.readTree(new String(utf8, StandardCharsets.UTF_8));
  }

  private static JsonNode data(String answer) throws IOException {
    assertTrue(status(answer) < 300, answer);
    return body(answer).get("data");
  }

  private WebSocket watch() {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("collab.v1", "bearer." + token("ana"))
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/v1/ws/drafts/%s?presence=false".formatted(port, draft)),
            new WebSocket.Listener() {
              private final StringBuilder partial = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                partial.append(text);
                if (last) {
                  seen.add(partial.toString());
                  partial.setLength(0);
                }
                from.request(1);
                return CompletableFuture.completedStage(null);
              }
            })
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Ana writes, is answered, and sees it on the socket that she has had open all the time. */
  void servesAna() throws IOException, InterruptedException {
    String text = secret("Ana writes on " + UUID.randomUUID());
    String answer = post("ana", path("segments"), "{\"content\":\"%s\"}".formatted(text));
    assertEquals(201, status(answer), answer);
    String next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    while (next != null && !next.contains(text)) {
      next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertTrue(next != null, "what Ana wrote did not come");
  }

  /** How many threads of the operating system the program has. */
  int threads() throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(program.pid()))).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
        .findFirst()
        .orElseThrow();
  }

  void awaitLog(String text) throws IOException {
    program.awaitLog(text);
  }

  /** Stops the program, and gives all that it ever wrote. */
  String stop() throws IOException, InterruptedException {
    watch.abort();
    program.terminate();
    assertEquals(0, program.exitCode());
    return String.join("\n", program.output()) + program.errors();
  }

  /** Those of the secrets and texts that an output holds. */
  List<String> secretsIn(String output) {
    List<String> found = new ArrayList<>();
    for (String secret : secrets) {
      if (output.contains(secret)) {
        found.add(secret);
      }
    }
    return found;
  }

  @Override
  public void close() {
    program.close();
  }
}
