package dev.ringdraft.persistence;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire between driver and server: real sockets, with each message looked at (PostgreSQL's
 * protocol, version 3). It notes what the driver sends, and cuts a connection at the very message
 * that a test asks for.
 */
public final class CuttableWire implements AutoCloseable {
  /** Where to cut, once. */
  public enum Cut {
    NOWHERE,
    /** An append is on its way and does not reach the server. */
    BEFORE_THE_APPEND_ARRIVES,
    /** An append reaches the server; nobody waits for its answer. */
    WHEN_THE_APPEND_HAS_ARRIVED,
    /** The server has committed an append; its answer does not reach the driver. */
    BEFORE_THE_ANSWER_ARRIVES
  }

  private static final Set<Character> ENDS_A_ROUND_TRIP = Set.of('S', 'Q');

  private final ServerSocket entrance;
  private final String host;
  private final int port;
  private volatile boolean down;
  private volatile boolean silent;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOWHERE);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> sent = new CopyOnWriteArrayList<>();

  private CuttableWire(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** A wire to the server of these settings. */
  public static CuttableWire to(DatabaseSettings settings) throws IOException {
    URI uri = URI.create(settings.address().substring("jdbc:".length()));
    return new CuttableWire(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort());
  }

  /** The same database at the near end of the wire. */
  public DatabaseSettings nearEnd(DatabaseSettings settings, int poolSize) {
    String name = URI.create(settings.address().substring("jdbc:".length())).getPath();
    return DatabaseSettings.of(
        "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + name + "?sslmode=disable",
        settings.user(),
        settings.password(),
        poolSize);
  }

  /** Cuts the next append here. */
  public void cutNext(Cut place) {
    cut.set(place);
  }

  /** Cuts all connections, and each new one, until it is brought up again. */
  public void takeDown() throws IOException {
    down = true;
    closeAll();
  }

  public void bringUp() {
    down = false;
    silent = false;
  }

  /** Keeps all connections open and lets no answer through, until it is brought up again. */
  public void silence() {
    silent = true;
  }

  /** Forgets what was sent. */
  public void listenAnew() {
    sent.clear();
  }

  /**
   * What the driver sent: a letter for each message (P parse, B bind, D describe, E execute, S
   * sync, Q query …), for P followed by the statement.
   */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  /** How often the driver waited for an answer. */
  public long roundTrips() {
    return sent.stream().filter(it -> ENDS_A_ROUND_TRIP.contains(it.charAt(0))).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = entrance.accept();
        if (down) {
          near.close();
          continue;
        }
        Socket far = new Socket(host, port);
        Line line = new Line(near, far);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> line.pump(line::outward));
        Thread.ofVirtual().start(() -> line.pump(line::inward));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    closeAll();
  }

  private void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One connection. */
  private final class Line {
    private final Socket near;
    private final Socket far;
    private final Map<String, Boolean> appends = new ConcurrentHashMap<>();
    private volatile boolean dropAnswer;

    Line(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void pump(Direction direction) {
      try {
        direction.pump();
      } catch (IOException over) {
        cutOff();
      }
    }

    private void cutOff() {
      try {
        near.close();
        far.close();
      } catch (IOException gone) {
        // as wished
      }
    }

    /** From driver to server. */
    void outward() throws IOException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(near.getInputStream()));
      DataOutputStream out = buffered(far);
      int greeting = in.readInt();
      out.writeInt(greeting);
      out.write(in.readNBytes(greeting - 4));
      out.flush();
      boolean append = false;
      while (true) {
        char type = letter(in);
        byte[] body = in.readNBytes(in.readInt() - 4);
        append |= isAppend(type, body);
        sent.add(type == 'P' ? "P " + statement(body) : String.valueOf(type));
        if (append && cut.compareAndSet(Cut.BEFORE_THE_APPEND_ARRIVES, Cut.NOWHERE)) {
          throw new EOFException("cut");
        }
        boolean last = append && type == 'S';
        dropAnswer |= last && cut.compareAndSet(Cut.BEFORE_THE_ANSWER_ARRIVES, Cut.NOWHERE);
        write(out, type, body);
        if (last && cut.compareAndSet(Cut.WHEN_THE_APPEND_HAS_ARRIVED, Cut.NOWHERE)) {
          throw new EOFException("cut");
        }
        append &= !last;
      }
    }

    /** From server to driver. */
    void inward() throws IOException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(far.getInputStream()));
      DataOutputStream out = buffered(near);
      while (true) {
        char type = letter(in);
        byte[] body = in.readNBytes(in.readInt() - 4);
        while (silent && !near.isClosed()) {
          LockSupport.parkNanos(1_000_000);
        }
        if (!dropAnswer) {
          write(out, type, body);
        } else if (type == 'Z') {
          throw new EOFException("cut");
        }
      }
    }

    /** Statements are sent with their text once, and later by the name that they got. */
    private boolean isAppend(char type, byte[] body) {
      if (type == 'P') {
        appends.put(name(body, 0), statement(body).contains("insert into draft_event"));
        return false;
      }
      return type == 'B' && appends.getOrDefault(name(body, name(body, 0).length() + 1), false);
    }

    private DataOutputStream buffered(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    private char letter(DataInputStream in) throws IOException {
      return (char) in.readByte();
    }

    private void write(DataOutputStream out, char type, byte[] body) throws IOException {
      out.writeByte(type);
      out.writeInt(body.length + 4);
      out.write(body);
      out.flush();
    }

    private String statement(byte[] parse) {
      return name(parse, name(parse, 0).length() + 1);
    }

    private String name(byte[] body, int from) {
      int end = from;
      while (body[end] != 0) {
        end++;
      }
      return new String(body, from, end - from, StandardCharsets.UTF_8);
    }
  }

  private interface Direction {
    void pump() throws IOException;
  }
}
