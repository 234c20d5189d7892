package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.tls.TestIdentity;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it serves without a proxy. */
@Tag("long")
class TlsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;
  private static final int FROM_THE_LOG = 200;
  private static final int LIVE = 40;

  @TempDir private static Path folder;
  private static TestIdentity before;
  private static TestIdentity after;
  private static Program program;
  private static String url;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    before = TestIdentity.selfSigned(folder, "before");
    after = TestIdentity.selfSigned(folder, "after");
    before.writeTo(folder);
    program =
        Program.start(
            folder,
            Map.of(),
            "--http.port=0",
            "--http.tls.certificate=chain.pem",
            "--http.tls.private-key=key.pem",
            "--limit.requests-per-second=1000000");
    url = program.url();
    client = HttpClient.newBuilder().sslContext(TestIdentity.trusting(before, after)).build();
  }

  @AfterAll
  static void stop() {
    client.shutdownNow();
    program.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
        .header("X-User-Id", "ana");
  }

  private static HttpRequest posting(HttpRequest.Builder request, Map<String, String> body)
      throws IOException {
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
  }

  private static String createDraft() throws IOException, InterruptedException {
    HttpResponse<String> created =
        client.send(
            posting(request("/v1/collab/drafts"), Map.of("title", "Tale")),
            BodyHandlers.ofString());
    assertEquals(201, created.statusCode(), created.body());
    return JSON.readTree(created.body()).at("/data/draft_id").asText();
  }

  private static void append(HttpClient by, String draft, String content)
      throws IOException, InterruptedException {
    HttpResponse<String> appended =
        by.send(
            posting(
                request("/v1/collab/drafts/" + draft + "/segments"), Map.of("content", content)),
            BodyHandlers.ofString());
    assertEquals(201, appended.statusCode(), appended.body());
  }

  private static CompletableFuture<String> firstFrame(String draft, String origin) {
    CompletableFuture<String> first = new CompletableFuture<>();
    return client
        .newWebSocketBuilder()
        .subprotocols("collab.v1")
        .header("X-User-Id", "ana")
        .header("Origin", origin)
        .buildAsync(
            URI.create(url.replaceFirst("https", "wss") + "/v1/ws/drafts/" + draft),
            new WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onText(
                  WebSocket from, CharSequence text, boolean last) {
                first.complete(text.toString());
                return null;
              }
            })
        .thenCompose(socket -> first.whenComplete((text, failed) -> socket.abort()))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void pages_requests_polls_streams_and_sockets_are_served() throws Exception {
    assertTrue(url.startsWith("https://127.0.0.1:"), url);
    HttpResponse<String> page = client.send(request("/").build(), BodyHandlers.ofString());
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<title>Ringdraft</title>"), page.body());
    String draft = createDraft();
    String events = "/v1/collab/drafts/" + draft + "/events";

    CompletableFuture<HttpResponse<String>> poll =
        client.sendAsync(request(events + "?after=1&wait=30").build(), BodyHandlers.ofString());
    HttpResponse<Stream<String>> stream =
        client.send(
            request(events + "?after=0").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines());
    assertTrue(
        firstFrame(draft, url).join().contains("\"type\":\"connected\""), "its own page may");
    append(client, draft, "Once 🏮");

    JsonNode polled =
        JSON.readTree(poll.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).path("data");
    assertEquals("Once 🏮", polled.at("/0/data/content").asText());
    try (Stream<String> lines = stream.body()) {
      assertEquals(
          "data: " + polled.path(0),
          lines.filter(line -> line.contains("segment_added")).findFirst().orElseThrow());
    }
    CompletableFuture<String> refused = firstFrame(draft, url.replaceFirst("https", "http"));
    assertThrows(CompletionException.class, refused::join, "a page without TLS may not");
  }

  /** A socket that reads at its own pace, through a receive buffer that holds next to nothing. */
  private static final class SlowViewer implements AutoCloseable {
    private static final int WHOLE_TEXT = 0x81;
    private static final int PING = 0x89;

    private final SSLSocket socket;
    private final DataInputStream in;

    SlowViewer(String draft) throws IOException {
      Socket narrow = new Socket();
      narrow.setReceiveBufferSize(4096);
      int port = URI.create(url).getPort();
      narrow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket =
          (SSLSocket)
              TestIdentity.trusting(before, after)
                  .getSocketFactory()
                  .createSocket(narrow, "127.0.0.1", port, true);
      socket.setSoTimeout(PATIENCE_SECONDS * 1000);
      socket
          .getOutputStream()
          .write(
              """
              GET /v1/ws/drafts/%s?after=0&presence=false HTTP/1.1\r
              Host: 127.0.0.1:%d\r
              Upgrade: websocket\r
              Connection: Upgrade\r
              X-User-Id: ana\r
              Sec-WebSocket-Version: 13\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              \r
              """
                  .formatted(draft, port)
                  .getBytes(StandardCharsets.US_ASCII));
      in = new DataInputStream(socket.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
    }

    /** The next text, whole; pings are passed over. */
    JsonNode next() throws IOException {
      int kind = in.readUnsignedByte();
      byte[] content = content();
      while (kind == PING) {
        kind = in.readUnsignedByte();
        content = content();
      }
      assertEquals(WHOLE_TEXT, kind);
      return JSON.readTree(content);
    }

    private byte[] content() throws IOException {
      int length = in.readUnsignedByte();
      byte[] content = new byte[length == 126 ? in.readUnsignedShort() : length];
      in.readFully(content);
      return content;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void a_slow_viewer_gets_every_event_once_and_in_order_while_the_certificate_changes()
      throws Exception {
    String draft = createDraft();
    String content = "🏮".repeat(500);
    for (int i = 0; i < FROM_THE_LOG; i++) {
      append(client, draft, content);
    }
    try (SlowViewer viewer = new SlowViewer(draft);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      assertEquals("connected", viewer.next().path("type").asText());
      Future<?> changed =
          others.submit(
              () -> {
                after.writeTo(folder);
                program.awaitLog("TLS by the certificate of CN=after");
                try (HttpClient knowsNew =
                    HttpClient.newBuilder().sslContext(TestIdentity.trusting(after)).build()) {
                  for (int i = 0; i < LIVE; i++) {
                    append(i % 2 == 0 ? client : knowsNew, draft, content);
                  }
                }
                return null;
              });
      for (int revision = 1; revision <= 1 + FROM_THE_LOG + LIVE; revision++) {
        JsonNode event = viewer.next();
        assertEquals(revision, event.path("revision").asInt());
        if (revision > 1) {
          assertEquals(content, event.at("/data/content").asText());
        }
      }
      changed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertEquals("CN=after", shownToNewConnections());
  }

  private static String shownToNewConnections() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(before, after)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  @Test
  void a_key_that_does_not_fit_is_refused_in_one_line() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    before.writeTo(other);
    Path chain = Files.move(other.resolve("chain.pem"), other.resolve("before.pem"));
    after.writeTo(other);
    try (Program refused =
        Program.start(
            other,
            Map.of(),
            "--http.port=0",
            "--http.tls.certificate=" + chain,
            "--http.tls.private-key=key.pem")) {
      assertEquals(2, refused.exitCode());
      assertTrue(
          refused
              .errors()
              .stripTrailing()
              .endsWith(
                  ("ringdraft: http.tls.private-key: key.pem: not the key of the certificate in"
                          + " %s (see --help)")
                      .formatted(chain)),
          refused.errors());
    }
  }
}
