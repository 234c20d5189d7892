package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.codec.TlsFilter;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.tls.CurrentIdentity;
import dev.ringdraft.app.tls.TestIdentity;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsListenerTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration A_WHILE = Duration.ofSeconds(3);
  private static final int LARGE = 3_000_000;

  @TempDir private static Path folder;
  private static TestIdentity identity;
  private static CurrentIdentity current;
  private static Listener listener;

  /** Says how it was asked and what it was sent; says a lot under /large. */
  private static final class Echo implements RequestHandler {
    @Override
    public boolean answers(String path) {
      return true;
    }

    @Override
    public void answer(Request request, Response response) throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      if (request.getRequestURI().equals("/large")) {
        response.getOutputStream().write("x".repeat(LARGE).getBytes(StandardCharsets.US_ASCII));
        return;
      }
      String text =
          "%s %s %d"
              .formatted(
                  request.isSecure() ? "secure" : "plain", request.getRequestURI(), body.length);
      response.setContentLength(text.length());
      response.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @BeforeAll
  static void start() throws IOException {
    identity = TestIdentity.selfSigned(folder, "listener");
    current = CurrentIdentity.watch(identity.writeTo(folder), Clock.systemUTC());
    listener =
        Listener.builder("127.0.0.1", 0)
            .handlers(List.of(new Echo()))
            .overTls(current::engine)
            .start("http.port");
  }

  @AfterAll
  static void stop() {
    listener.close();
    current.close();
  }

  private static Socket plain() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(listener.url()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static SSLSocket connect(String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(identity)
                .getSocketFactory()
                .createSocket(
                    InetAddress.getLoopbackAddress(), URI.create(listener.url()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  /** The body of the answer to a request on an open connection. */
  private static String ask(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: a\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII));
    return answer(socket);
  }

  private static String answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    char[] body = new char[length];
    assertEquals(length, in.read(body));
    return new String(body);
  }

  private static void assertClosed(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException | SSLException ended) {
      return;
    } catch (IOException stillOpen) {
      throw new AssertionError(stillOpen);
    }
  }

  private static void assertStillServes() throws IOException {
    try (SSLSocket socket = connect()) {
      assertEquals("secure /after 0", ask(socket, "/after"));
    }
  }

  @Test
  void its_address_says_so() {
    assertTrue(listener.url().startsWith("https://127.0.0.1:"), listener.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void requests_are_answered(String protocol) throws IOException {
    try (SSLSocket socket = connect(protocol)) {
      assertEquals("secure /one 0", ask(socket, "/one"));
      assertEquals("secure /two 0", ask(socket, "/two"));
      assertEquals(protocol, socket.getSession().getProtocol());
    }
  }

  @Test
  void large_bodies_go_both_ways() throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestIdentity.trusting(identity)).build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(listener.url() + "/sent"));
      HttpResponse<String> sent =
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofString("y".repeat(LARGE))).build(),
              BodyHandlers.ofString());
      HttpResponse<String> got =
          client.send(
              HttpRequest.newBuilder(URI.create(listener.url() + "/large")).build(),
              BodyHandlers.ofString());

      assertEquals("secure /sent " + LARGE, sent.body());
      assertEquals("x".repeat(LARGE), got.body());
      assertEquals(HttpClient.Version.HTTP_1_1, got.version());
    }
  }

  @Test
  void a_client_that_speaks_another_protocol_within_is_refused() throws IOException {
    try (SSLSocket socket = connect()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);

      assertThrows(SSLException.class, socket::startHandshake);
    }
  }

  @Test
  void plain_http_is_ended() throws IOException {
    try (Socket socket = plain()) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertClosed(socket);
    }
    assertStillServes();
  }

  @Test
  void what_is_no_handshake_is_ended() throws IOException {
    byte[] wrongRecord = {22, 3, 3, 0, 4, 99, 0, 0, 0};
    for (byte[] start : List.of(wrongRecord, new byte[] {22, 9, 9, 0, 1, 1})) {
      try (Socket socket = plain()) {
        socket.getOutputStream().write(start);
        assertClosed(socket);
      }
    }
    assertStillServes();
  }

  /** Beginnings of a handshake of which no more comes; of every third not a byte. */
  private static List<Socket> halfDone(Listener of) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(of.url()).getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      sockets.add(socket);
      if (i % 3 > 0) {
        socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});
      }
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void many_handshakes_that_are_not_ended_hold_up_nobody() throws IOException {
    List<Socket> sockets = halfDone(listener);
    assertStillServes();
    close(sockets);
  }

  @Test
  void a_handshake_that_is_not_ended_in_time_is_closed() throws IOException {
    try (Listener strict =
        Listener.builder("127.0.0.1", 0)
            .handlers(List.of(new Echo()))
            .overTls(current::engine, SOON, PATIENCE)
            .start("http.port")) {
      List<Socket> sockets = halfDone(strict);
      sockets.forEach(TlsListenerTest::assertClosed);
      close(sockets);
    }
  }

  /** The server's ends of connections, which take their time and note how many do so at once. */
  private static final class SlowEngines implements Supplier<SSLEngine> {
    private final AtomicInteger working = new AtomicInteger();
    private final CountDownLatch tooMany = new CountDownLatch(1);

    @Override
    public SSLEngine get() {
      SSLEngine engine = current.engine();
      engine.setHandshakeApplicationProtocolSelector((unused, offered) -> choose(offered));
      return engine;
    }

    private String choose(List<String> offered) {
      if (working.incrementAndGet() > TlsFilter.AT_ONCE) {
        tooMany.countDown();
      }
      try {
        boolean unused = tooMany.await(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } finally {
        working.decrementAndGet();
      }
      return offered.getFirst();
    }
  }

  @Test
  void a_flood_of_handshakes_is_worked_at_by_few_while_others_are_served() throws Exception {
    SlowEngines engines = new SlowEngines();
    try (Listener flooded =
            Listener.builder("127.0.0.1", 0)
                .handlers(List.of(new Echo()))
                .overTls(engines)
                .start("http.port");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      try (SSLSocket inside = over(new OverheardSocket(flooded), "TLSv1.3")) {
        assertEquals("secure /in 0", ask(inside, "/in"));
        List<Future<String>> flood = new ArrayList<>();
        for (int i = 0; i < 8 * TlsFilter.AT_ONCE; i++) {
          flood.add(clients.submit(() -> protocolWithin(flooded)));
        }
        assertEquals("secure /meanwhile 0", ask(inside, "/meanwhile"));
        for (Future<String> each : flood) {
          assertEquals("http/1.1", each.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
      }
    }
    assertEquals(1, engines.tooMany.getCount(), "more handshakes at once than there may be");
  }

  private static String protocolWithin(Listener of) throws IOException {
    try (SSLSocket socket = over(new OverheardSocket(of), "TLSv1.3")) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getApplicationProtocol();
    }
  }

  @Test
  void a_second_handshake_is_refused() throws IOException {
    try (SSLSocket socket = connect("TLSv1.2")) {
      assertEquals("secure /one 0", ask(socket, "/one"));
      socket.startHandshake();
      assertClosed(socket);
    }
    assertStillServes();
  }

  /** Remembers what came, record by record. */
  private static final class OverheardSocket extends Socket {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    OverheardSocket(Listener of) throws IOException {
      super(InetAddress.getLoopbackAddress(), URI.create(of.url()).getPort());
      setSoTimeout(PATIENCE_MILLIS);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int one = super.read();
          if (one >= 0) {
            heard.write(one);
          }
          return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          int count = super.read(bytes, from, length);
          heard.write(bytes, from, Math.max(0, count));
          return count;
        }
      };
    }

    /** The last record that came (RFC 8446, section 5.1). */
    TlsRecord last() {
      TlsRecord last = new TlsRecord(0, 0);
      ByteBuffer all = ByteBuffer.wrap(heard.toByteArray());
      while (all.hasRemaining()) {
        last = new TlsRecord(all.get(), all.getShort(all.position() + 2));
        all.position(all.position() + 4 + last.length());
      }
      return last;
    }
  }

  private record TlsRecord(int type, int length) {
    /** An alert is short. TLS 1.3 shows it as data, but no data that are sent here are short. */
    void mustBeAnAlert(int shownAs) {
      assertEquals(shownAs, type);
      assertTrue(length < 64, length + " bytes");
    }
  }

  private static SSLSocket over(Socket network, String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(identity)
                .getSocketFactory()
                .createSocket(network, "127.0.0.1", network.getPort(), true);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, 21", "TLSv1.3, 23"})
  void what_the_server_ends_it_ends_with_a_goodbye(String protocol, int alert) throws IOException {
    try (OverheardSocket network = new OverheardSocket(listener);
        SSLSocket socket = over(network, protocol)) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertClosed(socket);

      network.last().mustBeAnAlert(alert);
    }
  }

  @Test
  void a_connection_on_which_nothing_is_asked_ends_with_a_goodbye() throws IOException {
    try (Listener impatient =
        Listener.builder("127.0.0.1", 0)
            .handlers(List.of(new Echo()))
            .overTls(current::engine, A_WHILE, A_WHILE)
            .start("http.port")) {
      try (OverheardSocket network = new OverheardSocket(impatient);
          SSLSocket socket = over(network, "TLSv1.2")) {
        socket.startHandshake();
        assertClosed(socket);

        network.last().mustBeAnAlert(21);
      }
    }
  }

  /** Keeps what is written until it is told to send it at once. */
  private static final class HeldSocket extends Socket {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holds;

    HeldSocket() throws IOException {
      super(InetAddress.getLoopbackAddress(), URI.create(listener.url()).getPort());
      setSoTimeout(PATIENCE_MILLIS);
    }

    void hold() {
      holds = true;
    }

    void send() throws IOException {
      holds = false;
      getOutputStream().write(held.toByteArray());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream network = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          (holds ? held : network).write(bytes, from, length);
        }
      };
    }
  }

  @Test
  void what_a_client_sends_right_behind_new_keys_is_not_lost() throws IOException {
    try (HeldSocket network = new HeldSocket();
        SSLSocket socket =
            (SSLSocket)
                TestIdentity.trusting(identity)
                    .getSocketFactory()
                    .createSocket(network, "127.0.0.1", network.getPort(), false)) {
      assertEquals("secure /one 0", ask(socket, "/one"));
      network.hold();
      socket.startHandshake();
      socket
          .getOutputStream()
          .write("GET /two HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      network.send();
      assertEquals("secure /two 0", answer(socket));
    }
  }

  @Test
  void a_client_may_ask_for_new_keys_between_requests() throws IOException {
    try (SSLSocket socket = connect("TLSv1.3")) {
      assertEquals("secure /one 0", ask(socket, "/one"));
      // In TLS 1.3 the JDK asks for new keys.
      socket.startHandshake();
      assertEquals("secure /two 0", ask(socket, "/two"));
      socket.startHandshake();
      assertEquals("secure /three 0", ask(socket, "/three"));
    }
  }
}
