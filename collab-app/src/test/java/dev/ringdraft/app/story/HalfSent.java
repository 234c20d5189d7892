package dev.ringdraft.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** A request of which the server has the beginning, and gets the rest when it is time. */
final class HalfSent implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final String rest;

  private HalfSent(Socket socket, String rest) {
    this.socket = socket;
    this.rest = rest;
  }

  /** Begins to append. */
  static HalfSent append(String url, String draft, String user, String content) throws IOException {
    URI server = URI.create(url);
    String body = Person.body().put("content", content).toString();
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    String head =
        """
        POST /v1/collab/drafts/%s/segments HTTP/1.1\r
        Host: %s\r
        X-User-Id: %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(draft, server.getAuthority(), user, body.getBytes(UTF_8).length);
    socket.getOutputStream().write((head + body.charAt(0)).getBytes(UTF_8));
    return new HalfSent(socket, body.substring(1));
  }

  /** Sends what is left, and gives the whole answer. */
  String finish() throws IOException {
    socket.getOutputStream().write(rest.getBytes(UTF_8));
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
