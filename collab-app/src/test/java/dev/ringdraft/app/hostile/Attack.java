package dev.ringdraft.app.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to do harm, again and again, from an address of its own (127.0.1.1), as honest users have
 * theirs.
 */
enum Attack {
  NONE("none", 0) {
    @Override
    void strike(Target target) {}
  },
  IDLE_CONNECTIONS("connections that ask for nothing", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.hold(target.connect(), 400);
    }
  },
  SLOW_HEADS("heads that trickle", 8) {
    @Override
    void strike(Target target) throws IOException {
      Socket socket = target.connect();
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\nA: ");
      target.hold(socket, 400);
    }
  },
  SLOW_BODIES("bodies that trickle", 8) {
    @Override
    void strike(Target target) throws IOException {
      Socket socket = target.connect();
      send(socket, target.post("mallory-" + target.next(1_000), 60_000));
      target.hold(socket, 400);
    }
  },
  MALFORMED_HEADS("malformed heads", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.ask("GET /%2e%2e/etc HTTP/1.1\nHost: a\r\n\r\n");
    }
  },
  HANDSHAKES("handshakes that show nothing", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.ask(
          String.join(
              "\r\n",
              "GET /v1/ws/drafts/none HTTP/1.1",
              "Host: a",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "",
              ""));
    }
  },
  MUTATIONS("mutations of one user", 8) {
    @Override
    void strike(Target target) throws IOException {
      target.ask(target.post("mallory", 15) + "{\"title\":\"abc\"}");
    }
  },
  DEEP_BODIES("deep bodies of many users", 8) {
    @Override
    void strike(Target target) throws IOException {
      String body = "{\"title\":" + "[".repeat(60_000);
      target.ask(target.post("mallory-" + target.next(1_000), body.length()) + body);
    }
  },
  HUGE_BODIES("bodies of 8 MB", 4) {
    @Override
    void strike(Target target) throws IOException {
      String body = "x".repeat(8 << 20);
      target.ask(target.post("mallory-" + target.next(1_000), body.length()) + body);
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String words;
  private final int threads;

  Attack(String words, int threads) {
    this.words = words;
    this.threads = threads;
  }

  String words() {
    return words;
  }

  int threads() {
    return threads;
  }

  /** Strikes once. */
  abstract void strike(Target target) throws IOException;

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whom it hits. For one thread. */
  static final class Target implements AutoCloseable {
    private final int port;
    private final AtomicLong strikes;
    private final Deque<Socket> held = new ArrayDeque<>();
    private long number;

    /**
     * @param strikes counts those of all threads
     */
    Target(int port, AtomicLong strikes) {
      this.port = port;
      this.strikes = strikes;
    }

    Socket connect() throws IOException {
      strikes.incrementAndGet();
      Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName("127.0.1.1"), 0);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return socket;
    }

    /** Keeps a connection open, and sends a byte on the one that is held longest. */
    void hold(Socket socket, int most) throws IOException {
      held.addLast(socket);
      if (held.size() > most) {
        try (Socket oldest = held.removeFirst()) {
          oldest.getOutputStream().write(' ');
        }
      }
    }

    /** Sends a request on a connection of its own, and waits until that has ended. */
    void ask(String request) throws IOException {
      try (Socket socket = connect()) {
        send(socket, request);
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      }
    }

    String post(String user, int length) {
      return "POST /v1/collab/drafts HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-User-Id: "
          + user
          + "\r\nContent-Type: application/json\r\nContent-Length: "
          + length
          + "\r\n\r\n";
    }

    /** A number below this one, another each time. */
    long next(int bound) {
      return number++ % bound;
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }
}
