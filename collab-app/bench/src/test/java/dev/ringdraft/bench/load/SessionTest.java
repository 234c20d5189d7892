package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.report.ConnectStats;
import dev.ringdraft.bench.report.Report;
import dev.ringdraft.bench.report.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server of one connection stands in for Ringdraft: it says what it would, then this much. */
class SessionTest {
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
  private static final String WELCOME = "{\"type\":\"connected\",\"revision\":1,\"resumed\":false}";

  /** More than both ends' buffers take, so that the end of it is still on its way. */
  private static final int BACKLOG = 1024 * 1024;

  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    tasks.close();
  }

  private void serve(boolean letsGo) {
    Future<?> unused =
        tasks.submit(
            () -> {
              try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(SWITCHED.getBytes(UTF_8));
                out.write(new byte[] {(byte) 0x81, (byte) WELCOME.length()});
                out.write(WELCOME.getBytes(UTF_8));
                out.write(pongs());
                if (letsGo) {
                  socket.shutdownOutput();
                }
                // Until the viewer has gone too.
                return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
              }
            });
  }

  /** Frames that a viewer reads without a word. */
  private static byte[] pongs() {
    byte[] pongs = new byte[BACKLOG];
    for (int i = 0; i < BACKLOG; i += 2) {
      pongs[i] = (byte) 0x8a;
    }
    return pongs;
  }

  private Report measure() throws Exception {
    BenchOptions options =
        BenchOptionsTest.read(
            "--url=http://127.0.0.1:" + server.getLocalPort(),
            "--viewers-per-draft=1",
            "--stall=1",
            "--idle=1ms");
    List<ViewerSpec> specs =
        List.of(
            new ViewerSpec(0, "d", "e", 1, "ana", false),
            new ViewerSpec(0, "d", "e", 1, "ana", true));
    Meter meter = new Meter(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), null);
    try (Session session = Session.open(options, List.of(specs), meter)) {
      ConnectStats connects = session.connect();
      RunResult idle = session.idle(Duration.ofMillis(1));
      return session.end(connects, List.of(idle));
    }
  }

  @Test
  void a_stalled_viewer_is_gone_though_much_was_sent_before_its_end() throws Exception {
    serve(true);

    assertEquals(1, measure().checks().stalledClosed());
  }

  @Test
  void nothing_is_measured_when_a_viewer_is_refused_and_the_key_is_named() throws Exception {
    String problem =
        "{\"detail\":\"this draft has 1 sockets open\",\"code\":\"too_many_connections\"}";
    Future<?> unused =
        tasks.submit(
            () -> {
              try (Socket first = server.accept();
                  Socket second = server.accept()) {
                first.getOutputStream().write(SWITCHED.getBytes(UTF_8));
                first.getOutputStream().write(new byte[] {(byte) 0x81, (byte) WELCOME.length()});
                first.getOutputStream().write(WELCOME.getBytes(UTF_8));
                second
                    .getOutputStream()
                    .write(
                        "HTTP/1.1 429 Too Many Requests\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(problem.length(), problem)
                            .getBytes(UTF_8));
                return first.getInputStream().transferTo(OutputStream.nullOutputStream());
              }
            });
    BenchOptions options =
        BenchOptionsTest.read(
            "--url=http://127.0.0.1:" + server.getLocalPort(),
            "--viewers-per-draft=2",
            "--idle=1ms");
    List<ViewerSpec> specs =
        List.of(
            new ViewerSpec(0, "d", "e", 1, "ana", false),
            new ViewerSpec(0, "d", "e", 1, "ana", false),
            new ViewerSpec(0, "d", "e", 1, "ana", false));
    Meter meter = new Meter(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), null);
    try (Session session = Session.open(options, List.of(specs), meter)) {
      assertEquals(
          "1 of 2 viewers were refused, so nothing is measured: 429 this draft has 1 sockets open;"
              + " raise limit.connections-per-draft-max-count of the server",
          assertThrows(BenchException.class, session::measure).getMessage());
    }
  }

  @Test
  void a_stalled_viewer_that_is_still_held_is_not_gone() throws Exception {
    serve(false);

    assertEquals(0, measure().checks().stalledClosed());
  }
}
