package dev.ringdraft.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** ANA, on a line so slow that her request's body comes byte by byte. */
final class Trickle {
  private static final int MAX_BYTES = 500;

  private Trickle() {}

  /** What the server says to it first; a byte goes out whenever nothing has come for 20 ms. */
  static String statusLineOf(String method, String path, int port) {
    String head =
        """
        %s %s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer token-of-ana\r
        Content-Type: application/json\r
        Content-Length: 60000\r
        \r
        """
            .formatted(method, path);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return firstWords(socket);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String firstWords(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] answer = new byte[64];
    for (int sent = 0; sent < MAX_BYTES; sent++) {
      socket.getOutputStream().write(' ');
      try {
        int count = in.read(answer);
        return new String(answer, 0, Math.max(count, 0), StandardCharsets.US_ASCII);
      } catch (SocketTimeoutException nothingYet) {
        // the next byte, then
      }
    }
    return "no answer";
  }
}
