package dev.ringdraft.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it is told, byte by byte. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Socket socket;
  private final Map<String, String> headers = new LinkedHashMap<>();

  RawClient(LiveServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
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
    StringBuilder request = new StringBuilder(requestLine).append("\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    return head();
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
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
    return socket.getInputStream().readAllBytes();
  }

  /** The payload of the next frame of this opcode; others are passed over. */
  byte[] frame(int opcode) throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      int found = in.read() & 0x0F;
      int length = in.read();
      if (length == 126) {
        length = (in.read() << 8) | in.read();
      }
      byte[] payload = in.readNBytes(length);
      if (found == opcode) {
        return payload;
      }
    }
  }

  /** The code of the close frame that comes. */
  int closeCode() throws IOException {
    byte[] payload = frame(8);
    return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
