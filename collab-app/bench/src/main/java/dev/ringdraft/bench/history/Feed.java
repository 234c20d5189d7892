package dev.ringdraft.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection of a subscriber, by one transport. For one thread. */
interface Feed extends AutoCloseable {
  /** Nothing for so long means that the connection is dead: longer than two heartbeats. */
  Duration SILENCE = Duration.ofSeconds(40);

  /**
   * Where a subscriber stands.
   *
   * @param revision the last one that it has
   */
  record Position(String draft, String user, long revision, String epoch) {}

  /** What the server sends. */
  sealed interface Item {}

  /** An event of the draft. */
  record Event(LoggedEvent event) implements Item {}

  /** The position was unknown: the events after this one follow. */
  record Restart(long revision, String epoch) implements Item {}

  /** The next items; empty after about a second without any. */
  List<Item> next() throws IOException, InterruptedException;

  @Override
  void close();

  /** The transports. */
  enum Transport {
    WS {
      @Override
      Feed open(Servers servers, URI server, Position from) throws IOException {
        return new Socket(servers, server, from);
      }
    },
    SSE {
      @Override
      Feed open(Servers servers, URI server, Position from)
          throws IOException, InterruptedException {
        return new EventStream(servers, server, from);
      }
    },
    POLL {
      @Override
      Feed open(Servers servers, URI server, Position from) {
        return new Polls(servers, server, from);
      }
    };

    /** Connects, and receives what follows a position. Blocks until the server has answered. */
    abstract Feed open(Servers servers, URI server, Position from)
        throws IOException, InterruptedException;
  }

  /** Messages that another thread reads, until the connection ends. */
  abstract class Pushed implements Feed {
    private final BlockingQueue<Optional<Item>> items = new LinkedBlockingQueue<>();
    private volatile long heardAt = System.nanoTime();
    private volatile String reason = "the connection ended";

    /** Something came, even if it is no item. */
    final void heard() {
      heardAt = System.nanoTime();
    }

    final void received(Item item) {
      items.add(Optional.of(item));
    }

    final void ended(String why) {
      reason = why;
      items.add(Optional.empty());
    }

    @Override
    public List<Item> next() throws IOException, InterruptedException {
      Optional<Item> item = items.poll(1, TimeUnit.SECONDS);
      if (item == null) {
        if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
          throw new IOException("nothing was received");
        }
        return List.of();
      }
      return List.of(item.orElseThrow(() -> new IOException(reason)));
    }
  }

  /** Pushed over a WebSocket. */
  final class Socket extends Pushed implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private Socket(Servers servers, URI server, Position from) throws IOException {
      String address =
          "ws%s/v1/ws/drafts/%s?presence=false&after=%d&epoch=%s"
              .formatted(
                  server.toString().substring("http".length()),
                  from.draft(),
                  from.revision(),
                  from.epoch());
      try {
        socket =
            servers
                .http()
                .newWebSocketBuilder()
                .header("X-User-Id", from.user())
                .connectTimeout(Servers.PATIENCE)
                .buildAsync(URI.create(address), this)
                .orTimeout(Servers.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
      } catch (CompletionException refused) {
        throw new IOException("the handshake failed", refused);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(Servers.parse(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode frame) {
      heard();
      String type = frame.path("type").asText();
      if (type.startsWith("collab.")) {
        received(new Event(new LoggedEvent(frame)));
      } else if (type.equals("connected") && !frame.path("resumed").asBoolean()) {
        received(new Restart(frame.path("revision").asLong(), frame.path("epoch").asText()));
      }
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      heard();
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String why) {
      ended("closed by " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      ended(failure.toString());
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  /** Pushed as server-sent events. */
  final class EventStream extends Pushed {
    private static final String ID = "id: ";
    private static final String DATA = "data: ";

    private final Stream<String> lines;
    private final String epoch;
    private long id;

    private EventStream(Servers servers, URI server, Position from)
        throws IOException, InterruptedException {
      HttpRequest request =
          Servers.request(
                  Servers.draft(
                      server,
                      from.draft(),
                      "events?after=%d&epoch=%s".formatted(from.revision(), from.epoch())),
                  from.user())
              .header("Accept", "text/event-stream")
              .build();
      HttpResponse<Stream<String>> response =
          servers.http().send(request, HttpResponse.BodyHandlers.ofLines());
      lines = response.body();
      epoch = response.headers().firstValue("X-Epoch").orElse(from.epoch());
      if (response.statusCode() != 200) {
        lines.close();
        throw new IOException("status " + response.statusCode());
      }
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try {
        lines.forEach(this::take);
        ended("the stream ended");
      } catch (RuntimeException broken) {
        ended(broken.toString());
      }
    }

    private void take(String line) {
      heard();
      if (line.startsWith(ID)) {
        id = Long.parseLong(line.substring(ID.length()));
      } else if (line.startsWith(DATA)) {
        JsonNode message = Servers.parse(line.substring(DATA.length()));
        if (message.path("type").asText().equals("snapshot_required")) {
          received(new Restart(id, epoch));
        } else {
          received(new Event(new LoggedEvent(message)));
        }
      }
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  /** Asked for again and again. */
  final class Polls implements Feed {
    private final Servers servers;
    private final URI server;
    private final Position from;
    private String epoch;
    private long revision;

    private Polls(Servers servers, URI server, Position from) {
      this.servers = servers;
      this.server = server;
      this.from = from;
      this.epoch = from.epoch();
      this.revision = from.revision();
    }

    @Override
    public List<Item> next() throws IOException, InterruptedException {
      Servers.Answer answer =
          servers.get(
              Servers.draft(
                  server, from.draft(), "events?after=%d&limit=100&wait=1".formatted(revision)),
              from.user());
      if (!answer.isSuccess()) {
        throw new IOException("status " + answer.status());
      }
      String now = answer.json().path("epoch").asText();
      if (!now.equals(epoch)) {
        epoch = now;
        revision = answer.json().path("revision").asLong();
        return List.of(new Restart(revision, epoch));
      }
      List<Item> items = new ArrayList<>();
      answer.json().path("data").forEach(event -> items.add(new Event(new LoggedEvent(event))));
      revision += items.size();
      return items;
    }

    @Override
    public void close() {}
  }
}
