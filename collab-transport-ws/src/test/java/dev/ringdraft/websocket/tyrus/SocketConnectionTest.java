package dev.ringdraft.websocket.tyrus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.frame.FrameValidator;
import dev.ringdraft.websocket.frame.Frames;
import dev.ringdraft.websocket.frame.SocketFormats;
import dev.ringdraft.websocket.socket.FixedWindowLimiter;
import dev.ringdraft.websocket.socket.SocketAudit;
import dev.ringdraft.websocket.socket.SocketRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection alone, to a client that only reads. */
final class SocketConnectionTest {
  private final List<String> ends = new ArrayList<>();
  private final SocketRegistry sockets =
      new SocketRegistry(
          WebSocketSettings.defaults(),
          token -> new Refused("no token is renewed here"),
          InstantSource.system(),
          InstantSource.system());
  private final TCPNIOTransport network = TCPNIOTransportBuilder.newInstance().build();

  /** What happens while the first end is told. */
  private Runnable meanwhile = () -> {};

  private Socket client;
  private SocketConnection connection;

  @BeforeEach
  void connect() throws Exception {
    network.start();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NIOConnection server =
          (NIOConnection) network.connect(door.getLocalSocketAddress()).get(10, TimeUnit.SECONDS);
      client = door.accept();
      connection =
          new SocketConnection(
              server,
              new FrameValidator(100, new FixedWindowLimiter(10, 1_000, System::nanoTime), false),
              new SocketAudit(this::record, new Source(null, null, "127.0.0.1", "connection")),
              new SocketFormats(),
              sockets);
    }
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
    network.shutdownNow();
    sockets.close();
  }

  private void record(AuditEvent incident) {
    ends.add(incident.code());
    if (ends.size() == 1) {
      meanwhile.run();
    }
  }

  /** All that the client gets until the connection ends. */
  private byte[] received() throws Exception {
    client.setSoTimeout(10_000);
    return client.getInputStream().readAllBytes();
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  @Test
  void who_ends_it_while_another_does_ends_nothing() throws Exception {
    meanwhile = () -> connection.close(CloseCode.TOKEN_ENDED);
    connection.close(CloseCode.FORBIDDEN);

    CloseCode told = CloseCode.FORBIDDEN;
    assertArrayEquals(bytes(Frames.close(told.code(), told.reason())), received());
    assertEquals(List.of("close_" + told.code()), ends);
  }

  @Test
  void what_tyrus_ends_nobody_ends_meanwhile() throws Exception {
    meanwhile = () -> connection.close(CloseCode.FORBIDDEN);
    connection.closedByTyrus(1007);
    connection.close();

    assertArrayEquals(new byte[0], received());
    assertEquals(List.of("close_1007"), ends);
  }
}
