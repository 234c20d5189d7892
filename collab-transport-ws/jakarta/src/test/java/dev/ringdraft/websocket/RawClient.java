package dev.ringdraft.websocket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it is told, byte by byte. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int PING = 9;
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

  private final Socket socket;
  private final InputStream in;
  private final Map<String, String> headers = new LinkedHashMap<>();

  RawClient(SocketServer server) throws IOException {
    this(server, 64 << 10);
  }

  /**
   * @param receiveBuffer how much the kernel takes for a client that does not read
   */
  RawClient(SocketServer server, int receiveBuffer) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    headers.put("Host", "127.0.0.1:" + server.port());
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    headers.put("Sec-WebSocket-Protocol", "collab.v1");
    headers.put("X-User-Id", "ben");
  }

  /** Sets a header of the handshake; null leaves it out. */
  RawClient with(String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** Sends the handshake and returns the head of the answer. */
  String handshake(String requestLine) throws IOException {
    sendHandshake(requestLine);
    return head();
  }

  void sendHandshake(String requestLine) throws IOException {
    StringBuilder request = new StringBuilder(requestLine).append("\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The head of the answer. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("ended within the head: " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** All that comes until the server ends the connection. */
  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  /** A frame as it came. */
  static final class Frame {
    private final int first;
    private final byte[] payload;

    private Frame(int first, byte[] payload) {
      this.first = first;
      this.payload = payload;
    }

    byte[] payload() {
      return payload;
    }

    int opcode() {
      return first & 0x0F;
    }

    boolean isCompressed() {
      return (first & 0x40) != 0;
    }
  }

  /** The next frame, whatever it is. */
  Frame nextFrame() throws IOException {
    int first = in.read();
    int length = in.read();
    if (length < 0) {
      throw new AssertionError("ended between frames");
    }
    if (length == 126) {
      length = (in.read() << 8) | in.read();
    }
    return new Frame(first, in.readNBytes(length));
  }

  /**
   * The first frame of a socket. Behind it comes a ping, which this answers, since events wait for
   * that.
   */
  Frame greeting() throws IOException {
    Frame connected = nextFrame();
    frame(PING);
    send(PONG);
    return connected;
  }

  /** The payload of the next frame of this opcode; others are passed over. */
  byte[] frame(int opcode) throws IOException {
    Frame next = nextFrame();
    while (next.opcode() != opcode) {
      next = nextFrame();
    }
    return next.payload();
  }

  /** Waits a while for anything, even an end; false when nothing came. */
  boolean hearsWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      in.read();
      return true;
    } catch (SocketTimeoutException silence) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** The code of the close frame that comes. */
  int closeCode() throws IOException {
    byte[] payload = frame(8);
    return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
  }

  /** Ends the connection by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says that nothing more will be sent. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads until the server ends the connection, in whatever way. */
  void untilReset() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // That is an end, too.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
