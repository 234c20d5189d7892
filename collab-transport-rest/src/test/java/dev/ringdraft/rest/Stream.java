package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Somebody who reads a stream of events over a connection of its own, when told to. */
public final class Stream implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader in;
  private final Map<String, String> headers = new TreeMap<>();
  private int comments;

  private Stream(RestServer server, String user, String query, String... more) throws IOException {
    socket.setReceiveBufferSize(8 << 10);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    StringBuilder head = new StringBuilder("GET /v1/collab/drafts/").append(query);
    head.append(" HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n");
    head.append("Authorization: Bearer token-of-").append(user).append("\r\n");
    for (String line : more) {
      head.append(line).append("\r\n");
    }
    send(head.append("\r\n").toString());
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
  }

  /** Asks, and reads nothing yet. */
  public static Stream of(RestServer server, String user, String query, String... more)
      throws IOException {
    return new Stream(server, user, query, more);
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads the answer's head. */
  public Stream begins() throws IOException {
    String status = line();
    assertTrue(status.startsWith("HTTP/1.1 200"), status);
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] field = line.split(": ?", 2);
      headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
    }
    return this;
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  int comments() {
    return comments;
  }

  /** The next events, each as its lines; chunk sizes and comments aside. */
  public List<String> events(int count) throws IOException {
    List<String> events = new ArrayList<>();
    StringBuilder event = new StringBuilder();
    while (events.size() < count) {
      String line = line();
      if (line.startsWith("id: ") || line.startsWith("data: ")) {
        event.append(line).append('\n');
      } else if (line.equals(":")) {
        comments++;
      } else if (line.isEmpty() && !event.isEmpty()) {
        events.add(event.toString());
        event.setLength(0);
      }
    }
    return events;
  }

  /** Reads up to the next comment. */
  public void comment() throws IOException {
    String line = line();
    while (!line.equals(":")) {
      line = line();
    }
  }

  /** Reads to the end of the connection; says what was read. */
  public String rest() throws IOException {
    StringBuilder rest = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      rest.append(line).append('\n');
    }
    return rest.toString();
  }

  /** Reads to the end, be it a cut, and counts. */
  public long charactersUpToTheEnd() {
    char[] buffer = new char[8192];
    long count = 0;
    try {
      for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
        count += more;
      }
      return count;
    } catch (IOException cut) {
      return count;
    }
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the stream has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
