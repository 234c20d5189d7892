package dev.ringdraft.app.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way to do harm, again and again. What a limit of each address would stop at once comes from
 * many addresses, all else from one; honest users have others.
 */
enum Attack {
  NONE("none", 0) {
    @Override
    void strike(Target target) {}
  },
  IDLE_CONNECTIONS("connections that ask for nothing", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect());
    }
  },
  HALF_CLOSED("connections half closed", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect().send("GET / HT").shutOutput());
    }
  },
  SLOW_HEADS("heads that trickle", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect().send("GET / HTTP/1.1\r\nHost: localhost\r\nA: "));
    }
  },
  SLOW_BODIES("bodies that trickle", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect().send(target.post(target.anybody(), 60_000)));
    }
  },
  MALFORMED_HEADS("malformed heads", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.ask("GET /%2e%2e/etc HTTP/1.1\nHost: localhost\r\n\r\n");
    }
  },
  HANDSHAKES("handshakes that show nothing", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.ask(target.handshake("none") + "\r\n");
    }
  },
  MUTATIONS("mutations of one user", 8) {
    @Override
    void strike(Target target) throws IOException {
      String body = "{\"title\":\"abc\"}";
      target.ask(target.post("mallory", body.length()) + body);
    }
  },
  DEEP_BODIES("deep bodies of many users", 8) {
    @Override
    void strike(Target target) throws IOException {
      String body = "{\"title\":" + "[".repeat(60_000);
      target.ask(target.post(target.anybody(), body.length()) + body);
    }
  },
  HUGE_BODIES("bodies of 8 MB", 4) {
    @Override
    void strike(Target target) throws IOException {
      String body = "x".repeat(8 << 20);
      target.ask(target.post(target.anybody(), body.length()) + body);
    }
  },
  /** Each is worth 300 kB to the network, so there are fewer. */
  UNREAD_ANSWERS("answers that nobody reads", 8, 100) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect().send(target.script().repeat(50)));
    }
  },
  FRAMES("bombs and broken frames of members", 8) {
    @Override
    void strike(Target target) throws IOException {
      try (Wire wire = target.socket()) {
        wire.send(target.frames()).closeCode();
      }
    }
  };

  private final String words;
  private final int threads;
  private final long mostPerSecond;

  Attack(String words, int threads) {
    this(words, threads, 1_000);
  }

  Attack(String words, int threads, long mostPerSecond) {
    this.words = words;
    this.threads = threads;
    this.mostPerSecond = mostPerSecond;
  }

  String words() {
    return words;
  }

  int threads() {
    return threads;
  }

  /** How often it strikes in a second, if the server lets it. */
  long mostPerSecond() {
    return mostPerSecond;
  }

  /** Strikes once. */
  abstract void strike(Target target) throws IOException;

  /** Whom it hits. For one thread. */
  static final class Target implements AutoCloseable {
    /** What a thread holds at once. */
    private static final int HELD = 400;

    private static final int ADDRESSES = 1_000;
    private static final int USERS = 1_000;
    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+\\.js)\"");

    private final int port;
    private final AtomicLong strikes;
    private final Deque<Wire> held = new ArrayDeque<>();
    private final List<HostileFrames> frames = HostileFrames.all();
    private @Nullable String draft;
    private @Nullable String script;
    private int number;

    /**
     * @param strikes counts those of all threads
     */
    Target(int port, AtomicLong strikes) {
      this.port = port;
      this.strikes = strikes;
    }

    Wire connect() throws IOException {
      return connect(1);
    }

    private Wire connect(int address) throws IOException {
      strikes.incrementAndGet();
      return new Wire(
          port,
          InetAddress.getByAddress(
              new byte[] {127, 0, (byte) (1 + address / 250), (byte) (1 + address % 250)}));
    }

    /** Keeps a connection open, and sends a byte on the one that is held longest. */
    void hold(Wire wire) throws IOException {
      held.addLast(wire);
      if (held.size() > HELD) {
        held.removeFirst().send(" ").breakOff();
      }
    }

    /** Sends a request on a connection of its own, and waits until the server has ended that. */
    String ask(String request) throws IOException {
      try (Wire wire = connect()) {
        return wire.send(request).rest();
      }
    }

    String post(String user, int length) {
      return "POST /v1/collab/drafts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-User-Id: "
          + user
          + "\r\nContent-Type: application/json\r\nContent-Length: "
          + length
          + "\r\n\r\n";
    }

    /** Asks for the largest thing that everybody may have. */
    String script() throws IOException {
      if (script == null) {
        Matcher source =
            SCRIPT.matcher(ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        if (!source.find()) {
          throw new IllegalStateException("the page has no script");
        }
        script = "GET " + source.group(1) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
      return script;
    }

    /** A handshake, up to the empty line; when it is refused, the connection ends. */
    String handshake(String draftId) {
      return "GET /v1/ws/drafts/%s HTTP/1.1\r\nHost: localhost\r\n".formatted(draftId)
          + "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    }

    /** An open socket to a draft of one's own, from another address each time. */
    Wire socket() throws IOException {
      if (draft == null) {
        String body = "{\"title\":\"abc\"}";
        String answer = ask(post("mallory", body.length()) + body);
        draft = AttackedServer.body(answer).at("/data/draft_id").asText();
      }
      Wire wire = connect(number++ % ADDRESSES);
      wire.send(
          handshake(draft)
              + "X-User-Id: mallory\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
      if (AttackedServer.status(wire.head()) != 101) {
        wire.close();
        throw new IOException("turned away");
      }
      return wire;
    }

    /** Frames that end a socket, others each time. */
    String frames() {
      return frames.get(number % frames.size()).bytes();
    }

    /** A user, another each time. */
    String anybody() {
      return "mallory-" + number++ % USERS;
    }

    @Override
    public void close() throws IOException {
      for (Wire wire : held) {
        wire.breakOff();
      }
    }
  }
}
