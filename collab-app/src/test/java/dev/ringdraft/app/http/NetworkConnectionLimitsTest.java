package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.limits.ConnectionTracker;
import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that ask for nothing, on a listener that has room for four of them. */
@Tag("long")
class NetworkConnectionLimitsTest {
  private static final int ROOM = 4;
  private static final int MAX_BODY_BYTES = 1_000;
  private static final byte[] PIECE = new byte[64 * 1024];
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Queue<AuditEvent> incidents = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final Listener listener = listener(Duration.ofMillis(400));

  /**
   * Answers without looking at the body; at {@code /echo} with the body, at {@code /long} at
   * length.
   */
  private static final class Plain implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return true;
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      if (request.getRequestURI().equals("/echo")) {
        byte[] body = request.getInputStream().readAllBytes();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        return;
      }
      if (request.getRequestURI().equals("/long")) {
        response.setContentLength(100 * PIECE.length);
        for (int i = 0; i < 100; i++) {
          response.getOutputStream().write(PIECE);
        }
        return;
      }
      response.setContentLength(1);
      response.getOutputStream().write('a');
    }
  }

  private Listener listener(Duration arrivesWithin) {
    return listener(new NetworkConnectionLimits(ROOM, arrivesWithin));
  }

  private Listener roomy(long maxHeldBytes) {
    return listener(new NetworkConnectionLimits(1_000, Duration.ofSeconds(30), maxHeldBytes));
  }

  private Listener listener(NetworkConnectionLimits limits) {
    return Listener.builder("127.0.0.1", 0)
        .maxBodyBytes(MAX_BODY_BYTES)
        .limits(limits)
        .auditLog(incidents::add)
        .handlers(List.of(new Plain()))
        .start("http.port");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    listener.close();
  }

  private Socket connect() throws IOException {
    return connect(listener);
  }

  private Socket connect(Listener to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(to.url()).getPort());
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
    answer(socket, "a");
  }

  /** Takes three long answers, a tenth of a piece at a time. */
  private static boolean takesAllSlowly(Socket socket) throws IOException {
    for (int i = 0; i < 3 * 100 * 10; i++) {
      socket.getInputStream().skipNBytes(PIECE.length / 10);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }

  private static String answer(Socket socket, String body) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n" + body)) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, answer::toString);
      answer.append((char) next);
    }
    return answer.toString();
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

  static Stream<Arguments> bodiesInParts() {
    String chunked = "Transfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        Arguments.of(List.of("Content-Length: 4\r\n\r\n", "bo", "dy")),
        Arguments.of(List.of("Content-Length: 4\r\n\r\nb", "o", "dyGET / HTTP/1.1\r\n")),
        Arguments.of(List.of(chunked, "2\r\nbo\r\n", "2\r\ndy\r\n0\r\n\r\n")),
        Arguments.of(List.of(chunked + "4\r\nbo", "dy\r\n", "0\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource("bodiesInParts")
  void a_request_is_handed_on_when_its_body_has_come_whole(List<String> parts) throws Exception {
    Socket other = connect();
    Socket slow = connect();
    send(slow, "POST /echo HTTP/1.1\r\nHost: a\r\n" + parts.getFirst());
    for (String part : parts.subList(1, parts.size())) {
      // Answered meanwhile, so that the parts arrive apart.
      for (int i = 0; i < 10; i++) {
        ask(other);
      }
      send(slow, part);
    }

    assertTrue(answer(slow, "body").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void a_body_in_chunks_is_read_though_another_protocol_is_asked_for() throws IOException {
    Socket socket = connect();
    send(
        socket,
        "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n4\r\nbo");
    send(socket, "dy\r\n0\r\n\r\n");

    assertTrue(answer(socket, "body").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void a_body_in_countless_chunks_is_ended() throws IOException {
    Socket socket = connect();
    send(socket, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    send(socket, "1\r\na\r\n".repeat(600) + "0\r\n\r\n");

    assertEnded(socket);
    assertEquals(List.of("REFUSED validation_error"), noted());
  }

  @Test
  void whoever_asks_whether_to_go_on_with_a_body_is_told_so() throws IOException {
    Socket careful = connect();
    send(careful, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n");
    send(careful, "Expect: 100-continue\r\n\r\n");
    assertTrue(answer(careful, "").startsWith("HTTP/1.1 100 "));

    send(careful, "body");

    assertTrue(answer(careful, "body").startsWith("HTTP/1.1 200 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\n\r\n",
        "Content-Length: 4\r\n\r\nb",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nb"
      })
  void a_body_that_stalls_is_refused_in_time(String half) throws IOException {
    Socket slow = connect();
    send(slow, "POST /echo HTTP/1.1\r\nHost: a\r\n" + half);

    String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("\"code\":\"request_timeout\""), answer);
    assertEquals(List.of("ENDED request_timeout"), noted());
  }

  @Test
  void bodies_that_are_on_their_way_hold_no_threads() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Listener roomy = roomy(1 << 24)) {
      ask(connect(roomy));
      int before = threads.getThreadCount();
      for (int i = 0; i < 300; i++) {
        send(connect(roomy), "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nb");
      }
      ask(connect(roomy));
      int now = threads.getThreadCount();

      assertTrue(now < before + 20, () -> before + " threads, then " + now);
    }
  }

  @Test
  void one_more_half_body_than_there_is_memory_for_makes_the_longest_awaited_go()
      throws IOException {
    try (Listener tight = roomy(4 * (ConnectionTracker.REQUEST_BYTES + 4))) {
      List<Socket> halves = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Socket half = connect(tight);
        send(half, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
        halves.add(half);
        ask(connect(tight)); // by then it is awaited
      }

      assertEnded(halves.getFirst());
      for (Socket half : halves.subList(1, 5)) {
        send(half, "dy");
        assertTrue(answer(half, "body").startsWith("HTTP/1.1 200 "));
      }
      assertEquals(List.of("LIMITED too_many_connections"), noted());
    }
  }

  @Test
  void a_half_body_that_breaks_off_leaves_nothing_behind() throws IOException {
    Socket broken = connect();
    send(broken, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
    awaitConnections(1);
    broken.close();
    awaitConnections(0);

    ask(connect());
    assertEquals(List.of(), noted());
  }

  @Test
  void who_takes_no_answer_goes_when_those_of_all_take_too_much_memory() throws Exception {
    try (Listener tight = roomy(10L * PIECE.length);
        ExecutorService taker = Executors.newSingleThreadExecutor()) {
      List<Socket> stalled = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Socket socket = connect(tight);
        send(socket, "GET /long HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
        stalled.add(socket);
      }
      Socket other = connect(tight);
      ask(other);
      Socket taking = stalled.removeFirst();
      Future<Boolean> slow = taker.submit(() -> takesAllSlowly(taking));
      Eventually.until(
          () -> {
            // Answered meanwhile.
            assertDoesNotThrow(() -> ask(other));
            return noted().size() >= 15;
          });

      // Who takes theirs gets all of it.
      Socket reader = connect(tight);
      send(reader, "GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertTrue(reader.getInputStream().readAllBytes().length > 100 * PIECE.length);
      assertEquals(Set.of("LIMITED too_many_connections"), Set.copyOf(noted()));
      assertTrue(slow.get(20, TimeUnit.SECONDS));
      // Those who are left are the last that came.
      stalled.getFirst().getInputStream().skipNBytes(1);
      assertThrows(
          IOException.class, () -> stalled.getFirst().getInputStream().skipNBytes(1L << 30));
    }
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
