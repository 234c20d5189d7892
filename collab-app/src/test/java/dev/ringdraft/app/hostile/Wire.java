package dev.ringdraft.app.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection to the server on which anything can be sent. Characters are bytes (ISO 8859-1). */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /** Any four bytes do. */
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final Socket socket;

  Wire(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  /**
   * @param from the client's address
   */
  Wire(int port, InetAddress from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException endedByTheServer) {
      // Whatever it answered is read all the same.
    }
    return this;
  }

  /** A client's frame: masked, of this first byte (RFC 6455, section 5.2). */
  static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** Nothing more will be sent. */
  Wire shutOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The head of an answer. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("ended within the head: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** A whole answer on a connection that stays open. */
  String answer() throws IOException {
    String head = head();
    int length =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no length: " + head));
    return head
        + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** All that comes until the server ends the connection, which it must. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(some);
          n >= 0;
          n = socket.getInputStream().read(some)) {
        all.write(some, 0, n);
      }
    } catch (SocketTimeoutException stillOpen) {
      throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms", stillOpen);
    } catch (SocketException reset) {
      // An end as well.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** The code of the close frame that comes, events and pings before it passed over. */
  int closeCode() throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      int first = in.read();
      int length = in.read();
      if (length < 0) {
        throw new AssertionError("ended without a close frame");
      }
      if (length == 126) {
        length = (in.read() << 8) | in.read();
      }
      byte[] payload = in.readNBytes(length);
      if ((first & 0x0F) == 8) {
        send(frame(0x88, payload));
        return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
      }
    }
  }

  /** Sends a byte now and then until the server has had enough; gives what it answered. */
  String trickle(int everyMillis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    StringBuilder answer = new StringBuilder();
    socket.setSoTimeout(1);
    while (System.nanoTime() < end) {
      try {
        socket.getOutputStream().write(' ');
        int next = socket.getInputStream().read();
        if (next < 0) {
          return answer.toString();
        }
        answer.append((char) next);
      } catch (SocketTimeoutException nothingYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(everyMillis));
      } catch (SocketException ended) {
        return answer.toString();
      }
    }
    throw new AssertionError("still open after " + PATIENCE_MILLIS + " ms: " + answer);
  }

  /** Ends the connection by a reset, which leaves the port free for the next. */
  void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
