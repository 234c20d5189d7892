package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.audit.Incident;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that ask for nothing, on a listener that has room for four of them. */
class LobbyTest {
  private static final int ROOM = 4;
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final Listener listener = listener(Duration.ofMillis(400));

  /** Answers without looking at the body. */
  private static final class Plain implements Part {
    @Override
    public boolean answers(String path) {
      return true;
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      response.setContentLength(1);
      response.getOutputStream().write('a');
    }
  }

  private Listener listener(Duration headWithin) {
    Listener started =
        new Listener(
            "127.0.0.1",
            0,
            16 * 1024,
            new LobbyLimits(ROOM, headWithin),
            incidents::add,
            RequestRule.none(),
            List.of(new Plain()));
    started.start("http.port");
    return started;
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    listener.close();
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(listener.url()).getPort());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  private void awaitConnections(int expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (listener.connections() != expected) {
      assertTrue(System.nanoTime() < end, () -> listener.connections() + " connections");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void ask(Socket socket) throws IOException {
    send(socket, REQUEST);
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\na")) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, answer::toString);
      answer.append((char) next);
    }
  }

  private static void assertEnded(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketException reset) {
      // That is an end as well.
    }
  }

  private List<String> noted() {
    return incidents.stream().map(incident -> incident.kind() + " " + incident.code()).toList();
  }

  @Test
  void one_more_than_there_is_room_for_makes_the_longest_waiting_go() throws IOException {
    Socket first = connect();
    ask(first);
    Socket second = connect();
    awaitConnections(2);
    for (int i = 2; i < ROOM; i++) {
      ask(connect());
    }
    ask(first);

    Socket newcomer = connect();

    ask(newcomer);
    assertEnded(second);
    ask(first);
    assertEquals(List.of("LIMITED too_many_connections"), noted());
  }

  @Test
  void connections_that_ask_for_nothing_keep_out_nobody_who_asks() throws IOException {
    for (int i = 0; i < 10 * ROOM; i++) {
      connect();
      ask(connect());
    }
  }

  @Test
  void a_head_that_trickles_is_ended_in_time() throws IOException {
    Socket slow = connect();
    send(slow, "GET / HTTP/1.1\r\n");

    trickle(slow);

    assertEquals(List.of("ENDED request_timeout"), noted());
  }

  @Test
  void a_second_head_that_trickles_is_ended_as_well() throws IOException {
    Socket slow = connect();
    ask(slow);
    send(slow, "GET / HTTP/1.1\r\n");

    trickle(slow);
  }

  @Test
  void a_body_that_nobody_waits_for_is_not_read_for_ever() throws IOException {
    Socket slow = connect();
    send(slow, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");

    trickle(slow);
  }

  @Test
  void a_body_in_chunks_that_never_begins_is_not_waited_for() throws IOException {
    Socket silent = connect();
    send(silent, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");

    assertEnded(silent);
  }

  @Test
  void one_that_is_idle_between_two_requests_may_be() throws IOException {
    Socket idle = connect();
    ask(idle);
    trickle(halfHead());

    ask(idle);
  }

  private Socket halfHead() throws IOException {
    Socket slow = connect();
    send(slow, "G");
    return slow;
  }

  /** Sends a byte now and then until the server has had enough. */
  private static void trickle(Socket socket) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    socket.setSoTimeout(1);
    while (System.nanoTime() < end) {
      try {
        socket.getOutputStream().write('a');
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException nothingYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      } catch (SocketException ended) {
        return;
      }
    }
    throw new AssertionError("still open");
  }
}
