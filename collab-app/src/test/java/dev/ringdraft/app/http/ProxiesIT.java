package dev.ringdraft.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program behind nginx, Apache and HAProxy as the page "Deploy" configures them. A proxy that
 * is not installed is skipped with a message.
 */
@Tag("long")
final class ProxiesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SECRET = "a secret of thirty-two bytes, no less";
  private static final String DRAFT = "{\"title\":\"Proxies\"}";

  @TempDir private static Path programFolder;
  @TempDir private Path folder;

  private static Program program;
  private static String server;
  private static String token;

  private @Nullable Proxy proxy;

  @BeforeAll
  static void start() throws Exception {
    program =
        Program.start(
            programFolder,
            Map.of("COLLAB_AUTH_JWT_HMAC_SECRET", SECRET),
            "--http.port=0",
            "--http.trusted-proxies=127.0.0.1");
    server = program.url();
    token = token("ana");
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @AfterEach
  void stopProxy() {
    if (proxy != null) {
      proxy.close();
    }
  }

  private static String token(String user) throws Exception {
    String claims =
        "{\"sub\":\"%s\",\"exp\":%d}"
            .formatted(user, Instant.now().plusSeconds(3_600).getEpochSecond());
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }

  private String behind(Proxy.Kind kind, boolean compresses) throws IOException {
    if (!Files.isExecutable(kind.program())) {
      String missing = "SKIPPED: %s is not installed".formatted(kind.program());
      System.err.println(missing);
      return abort(missing);
    }
    proxy = Proxy.start(kind, folder, server, compresses);
    return proxy.url();
  }

  private static HttpRequest.Builder request(String url, String path) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/collab" + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofInputStream());
  }

  private static JsonNode body(HttpResponse<InputStream> answer) throws IOException {
    boolean isGzip = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    try (InputStream in = isGzip ? new GZIPInputStream(answer.body()) : answer.body()) {
      return JSON.readTree(in);
    }
  }

  private static String draft(String url) throws IOException, InterruptedException {
    HttpResponse<InputStream> created =
        send(request(url, "/drafts").POST(BodyPublishers.ofString(DRAFT)).build());
    assertEquals(201, created.statusCode());
    return body(created).at("/data/draft_id").asText();
  }

  private static int rename(String url, String draft, String tag)
      throws IOException, InterruptedException {
    return send(request(url, "/drafts/" + draft)
            .header("If-Match", tag)
            .method("PATCH", BodyPublishers.ofString("{\"title\":\"Renamed\"}"))
            .build())
        .statusCode();
  }

  private static HttpResponse<InputStream> read(String url, String draft)
      throws IOException, InterruptedException {
    return send(request(url, "/drafts/" + draft).header("Accept-Encoding", "gzip").build());
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void the_tag_of_a_draft_is_good_for_If_Match(Proxy.Kind kind) throws Exception {
    String url = behind(kind, false);
    String draft = draft(url);

    HttpResponse<InputStream> read = read(url, draft);

    assertEquals(1, read.headers().allValues("Date").size());
    String tag = read.headers().firstValue("ETag").orElseThrow();
    assertTrue(tag.matches("\"[^\"]+\\.1\""), tag);
    assertEquals(200, rename(url, draft, tag));
    assertEquals(412, rename(url, draft, tag));
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void a_proxy_that_compresses_spoils_the_tag_but_not_the_one_of_the_body(Proxy.Kind kind)
      throws Exception {
    String url = behind(kind, true);
    String draft = draft(url);

    HttpResponse<InputStream> read = read(url, draft);

    String tag = read.headers().firstValue("ETag").orElseThrow();
    assertEquals("gzip", read.headers().firstValue("Content-Encoding").orElse(""));
    assertEquals(412, rename(url, draft, tag), tag);
    JsonNode version = body(read).path("data");
    String ofBody =
        "\"%s.%d\"".formatted(version.path("epoch").asText(), version.path("revision").asLong());
    assertNotEquals(tag, ofBody);
    assertEquals(200, rename(url, draft, ofBody));
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void a_body_in_chunks_that_is_asked_for_arrives(Proxy.Kind kind) throws Exception {
    String url = behind(kind, false);

    assertEquals("201", expect(url, "Authorization: Bearer %s\r\n".formatted(token)));
    assertEquals("401", expect(url, ""));
  }

  /** Sends the head, and the body once it is asked for; gives the final status. */
  private static String expect(String url, String credentials) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String head =
          "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + credentials
              + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String status = String.valueOf(in.readLine()).substring(9, 12);
      if (!status.equals("100")) {
        return status;
      }
      assertEquals("", in.readLine());
      String body = "%x\r\n%s\r\n0\r\n\r\n".formatted(DRAFT.length(), DRAFT);
      socket.getOutputStream().write(body.getBytes(UTF_8));
      return String.valueOf(in.readLine()).substring(9, 12);
    }
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void events_are_streamed_one_by_one(Proxy.Kind kind) throws Exception {
    String url = behind(kind, false);
    String draft = draft(url);
    HttpResponse<InputStream> stream =
        send(
            request(url, "/drafts/%s/events?after=1".formatted(draft))
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip")
                .build());
    assertEquals(1, stream.headers().allValues("Date").size());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      for (int revision = 2; revision < 5; revision++) {
        append(draft);
        String id = "id: " + revision;
        CompletableFuture<Void> came =
            CompletableFuture.runAsync(() -> readUntil(lines, id), Thread::startVirtualThread);
        came.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static void append(String draft) throws IOException, InterruptedException {
    HttpResponse<InputStream> appended =
        send(
            request(server, "/drafts/%s/segments".formatted(draft))
                .POST(BodyPublishers.ofString("{\"content\":\"a\"}"))
                .build());
    assertEquals(201, appended.statusCode());
  }

  private static void readUntil(BufferedReader lines, String wanted) {
    try {
      String line;
      do {
        line = String.valueOf(lines.readLine());
        assertNotEquals("null", line, "the stream ended");
      } while (!line.equals(wanted));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void a_socket_opens_and_receives_events(Proxy.Kind kind) throws Exception {
    String url = behind(kind, false);
    String draft = draft(url);
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocket socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .subprotocols("collab.v1")
            .buildAsync(
                URI.create(url.replace("http", "ws") + "/v1/ws/drafts/" + draft),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    frames.add(text.toString());
                    from.request(1);
                    return null;
                  }
                })
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitFrame(frames, "\"connected\"");
    append(draft);
    awaitFrame(frames, "collab.segment_added");
    socket.abort();
  }

  private static void awaitFrame(BlockingQueue<String> frames, String part)
      throws InterruptedException {
    String frame;
    do {
      frame = String.valueOf(frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertNotEquals("null", frame, part);
    } while (!frame.contains(part));
  }

  @Test
  void the_server_itself_sends_the_documented_tag() throws Exception {
    HttpResponse<InputStream> read = read(server, draft(server));
    JsonNode version = body(read).path("data");

    assertEquals(
        "\"%s.%d\"".formatted(version.path("epoch").asText(), version.path("revision").asLong()),
        read.headers().firstValue("ETag").orElseThrow());
  }
}
