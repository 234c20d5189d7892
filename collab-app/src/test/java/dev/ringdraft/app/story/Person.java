package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody with a name, the JDK's HTTP client and, while they watch, a WebSocket. */
final class Person {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final String url;

  Person(String name, String url) {
    this.name = name;
    this.url = url;
  }

  /** The same person at another server. */
  Person at(String other) {
    return new Person(name, other);
  }

  /** Another person at the same server. */
  Person named(String other) {
    return new Person(other, url);
  }

  String name() {
    return name;
  }

  /** An answer: its status, and its body or an empty object. */
  record Answer(int status, JsonNode body) {
    JsonNode data() {
      return body.path("data");
    }

    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", came " + status + " " + body);
      }
      return this;
    }
  }

  Answer read(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Answer post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** Starts a draft, and gives its id. */
  String start(ObjectNode draft) throws IOException, InterruptedException {
    return post("/drafts", draft).expect(201).data().get("draft_id").asText();
  }

  /** Adds somebody to a draft, as {@code contributor} or {@code viewer}. */
  void invite(String draft, Person other, String role) throws IOException, InterruptedException {
    post(
            "/drafts/" + draft + "/collaborators",
            body().put("user_id", other.name()).put("role", role))
        .expect(201);
  }

  /** All events of a draft, page by page. */
  List<JsonNode> log(String draft) throws IOException, InterruptedException {
    List<JsonNode> log = new ArrayList<>();
    int before;
    do {
      before = log.size();
      read("/drafts/%s/events?after=%d".formatted(draft, before))
          .expect(200)
          .data()
          .forEach(log::add);
    } while (log.size() > before);
    return log;
  }

  Answer remove(String draft, Person member) throws IOException, InterruptedException {
    return send(request("/drafts/" + draft + "/collaborators/" + member.name()).DELETE().build());
  }

  /** Asks for what comes after a revision; the answer waits for it. */
  CompletableFuture<Integer> poll(String draft, long after) {
    String path = "/drafts/%s/events?after=%d&wait=30".formatted(draft, after);
    return HTTP.sendAsync(
            request(path).timeout(PATIENCE.multipliedBy(3)).build(), BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  /** Reads a stream of events, which is open when this returns; done when it has ended. */
  CompletableFuture<Void> stream(String draft) throws IOException, InterruptedException {
    InputStream events =
        HTTP.send(
                request("/drafts/" + draft + "/events")
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofInputStream())
            .body();
    if (events.read() < 0) {
      throw new AssertionError("no stream");
    }
    return CompletableFuture.runAsync(() -> readToTheEnd(events));
  }

  private static void readToTheEnd(InputStream in) {
    try (in) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  Answer append(String draft, String content, @Nullable String key)
      throws IOException, InterruptedException {
    ObjectNode body = body().put("content", content);
    if (key != null) {
      body.put("idempotency_key", key);
    }
    return post("/drafts/" + draft + "/segments", body);
  }

  Answer passRing(String draft, Person to) throws IOException, InterruptedException {
    return post("/drafts/" + draft + "/pass-ring", body().put("to_user_id", to.name()));
  }

  static ObjectNode body() {
    return JSON.createObjectNode();
  }

  /** A request of this person, such as {@code /drafts}. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/collab" + path))
        .timeout(PATIENCE)
        .header("X-User-Id", name);
  }

  private static Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    return new Answer(
        response.statusCode(), response.body().isEmpty() ? body() : JSON.readTree(response.body()));
  }

  /** Watches a draft, not who else does; null for live events alone. */
  Watch watch(String draft, @Nullable Long after) {
    return open(draft, "?presence=false" + (after == null ? "" : "&after=" + after));
  }

  /** Watches a draft, and who else does. */
  Watch attend(String draft) {
    return open(draft, "");
  }

  /** Watches a draft from behind a revision of an epoch. */
  Watch watchFrom(String draft, long after, String epoch) {
    return open(draft, "?presence=false&after=%d&epoch=%s".formatted(after, epoch));
  }

  private Watch open(String draft, String query) {
    Watch watch = new Watch();
    handshake(draft, query, HTTP.newWebSocketBuilder(), watch).join();
    return watch;
  }

  private CompletableFuture<WebSocket> handshake(
      String draft, String query, WebSocket.Builder socket, Watch watch) {
    return socket
        .subprotocols("collab.v1")
        .header("X-User-Id", name)
        .buildAsync(
            URI.create(
                "%s/v1/ws/drafts/%s%s".formatted(url.replaceFirst("http", "ws"), draft, query)),
            watch)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Tries to watch a draft, and gives the answer if that is refused. */
  Optional<HttpResponse<?>> refusal(String draft) {
    try {
      handshake(draft, "", HTTP.newWebSocketBuilder(), new Watch()).join();
      return Optional.empty();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof WebSocketHandshakeException refused) {
        return Optional.of(refused.getResponse());
      }
      throw failed;
    }
  }

  /**
   * A frame that came.
   *
   * @param nanos when, as of {@link System#nanoTime}
   */
  record Seen(JsonNode frame, long nanos) {
    String type() {
      return frame.path("type").asText();
    }

    long revision() {
      return frame.path("revision").asLong();
    }
  }

  /** What somebody sees of a draft; last of all {@code closed}, by which code or fault. */
  static final class Watch implements WebSocket.Listener {
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile @Nullable WebSocket socket;

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      opened.request(1);
    }

    /** Says something to the server. */
    void say(String message) {
      WebSocket opened = socket;
      if (opened == null) {
        throw new AssertionError("not connected");
      }
      opened.sendText(message, true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /**
     * Waits for a frame, whatever comes before it.
     *
     * @param pattern of its type and what follows that
     */
    void until(String pattern) throws InterruptedException {
      Seen next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      while (next != null && !(next.type() + next.frame()).matches(pattern)) {
        next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      if (next == null) {
        throw new AssertionError("nothing came like " + pattern);
      }
    }

    /** The code that the server closes it with. */
    CompletableFuture<Integer> closeCode() {
      return closed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        long now = System.nanoTime();
        try {
          seen.add(new Seen(JSON.readTree(partial.toString()), now));
        } catch (IOException noJson) {
          throw new AssertionError(noJson);
        }
        partial.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      end(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      end(fault.toString());
    }

    private void end(String by) {
      seen.add(new Seen(body().put("type", "closed").put("by", by), System.nanoTime()));
    }

    /** Goes without a word, as a network does. */
    void leave() {
      Objects.requireNonNull(socket).abort();
    }

    /** Says something again and again, as often as the server lets it. */
    void say(String message, int times) {
      WebSocket open = Objects.requireNonNull(socket);
      for (int i = 0; i < times && !open.isOutputClosed(); i++) {
        open.sendText(message, true).exceptionally(gone -> open).join();
      }
    }

    /** The next frame, of whatever type. */
    Seen next(Duration patience) throws InterruptedException {
      Seen next = seen.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + patience);
      }
      return next;
    }

    /** The next frame, which must be of this type. */
    Seen next(String type) throws InterruptedException {
      Seen next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null || !next.type().equals(type)) {
        throw new AssertionError("expected " + type + ", came " + next);
      }
      return next;
    }

    /** Everything up to this revision, greeting left out. */
    List<Seen> upTo(long revision) throws InterruptedException {
      List<Seen> events = new ArrayList<>();
      while (events.isEmpty() || events.getLast().revision() < revision) {
        Seen next = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("nothing came after " + events);
        }
        events.add(next);
      }
      return events;
    }

    /** Whatever has come so far, its end left out. */
    List<Seen> soFar() {
      List<Seen> events = new ArrayList<>();
      seen.drainTo(events);
      events.removeIf(each -> each.type().equals("closed"));
      return events;
    }
  }
}
