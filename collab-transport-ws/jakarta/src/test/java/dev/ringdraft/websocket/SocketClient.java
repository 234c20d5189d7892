package dev.ringdraft.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A viewer: the JDK's own WebSocket client, with every wait bounded. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 5;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  /** Somebody who watches and does not want to know who else does. */
  static SocketClient connect(SocketServer server, String path, String user) {
    String query = (path.contains("?") ? "&" : "?") + "presence=false";
    return connect(server, path + query, "X-User-Id", user);
  }

  /** Somebody who wants to know who else is here. */
  static SocketClient attend(SocketServer server, String path, String user) {
    return connect(server, path, "X-User-Id", user);
  }

  static SocketClient connectWithToken(SocketServer server, String path, String token) {
    return connect(server, path + "?presence=false", "Authorization", "Bearer " + token);
  }

  private static SocketClient connect(
      SocketServer server, String path, String header, String value) {
    SocketClient client = new SocketClient();
    client.socket =
        HTTP.newWebSocketBuilder()
            .header(header, value)
            .subprotocols("collab.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), client)
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    return client;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    closed.completeExceptionally(fault);
  }

  WebSocket socket() {
    if (socket == null) {
      throw new AssertionError("not connected");
    }
    return socket;
  }

  void send(String text) {
    socket().sendText(text, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The next frame as it came. */
  String nextText() throws InterruptedException {
    String text = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("no frame came; closed: " + closed.getNow(0));
    }
    return text;
  }

  JsonNode next() throws InterruptedException, IOException {
    return JSON.readTree(nextText());
  }

  /** The next frame, which must be of this type. */
  JsonNode next(String type) throws InterruptedException, IOException {
    JsonNode frame = next();
    if (!frame.path("type").asText().equals(type)) {
      throw new AssertionError("expected " + type + ", came " + frame);
    }
    return frame;
  }

  int waiting() {
    return received.size();
  }

  /** The code that the server closes with. */
  int closeCode() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket().abort();
  }
}
