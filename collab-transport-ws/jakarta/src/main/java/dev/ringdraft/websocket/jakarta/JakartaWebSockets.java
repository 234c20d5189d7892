package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import dev.ringdraft.websocket.handshake.Handshake;
import dev.ringdraft.websocket.handshake.HandshakeLimiter;
import dev.ringdraft.websocket.socket.SocketRegistry;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Live drafts over WebSocket, on the container of the embedding service: any that implements
 * Jakarta WebSocket 2.1 or later.
 *
 * <pre>{@code
 * JakartaWebSockets sockets = JakartaWebSockets.start(rooms, access, settings, clock);
 * serverContainer.addEndpoint(sockets.endpoint());
 * }</pre>
 *
 * <p>The protocol is that of our own transport but for the handshake: the container upgrades first,
 * so a refused client gets an {@code error} frame and a close code in place of an HTTP answer.
 * Compression is not agreed on. Safe for use by many threads.
 */
public final class JakartaWebSockets implements AutoCloseable {
  private final SocketRegistry sockets;
  private final HandshakeLimiter limiter;
  private final ServerEndpointConfig endpoint;

  private JakartaWebSockets(
      RoomHub hub, AccessServices access, WebSocketSettings settings, InstantSource clock) {
    this.limiter = new HandshakeLimiter(settings.limits(), System::nanoTime);
    Handshake handshake = new Handshake(access.authenticator(), hub, limiter, settings.origins());
    this.sockets = new SocketRegistry(settings, handshake::renew, clock, access.clock());
    this.endpoint =
        ServerEndpointConfig.Builder.create(
                SessionEndpoint.class, Handshake.DRAFTS + "{" + UpgradeRequests.DRAFT + "}")
            .subprotocols(List.of(Handshake.SUBPROTOCOL))
            .configurator(
                new EndpointConfigurator(() -> new SessionEndpoint(handshake, sockets, access)))
            .build();
  }

  /**
   * Sockets that work until they are closed.
   *
   * @param clock of the server, which clients are shown
   */
  public static JakartaWebSockets start(
      RoomHub hub, AccessServices access, WebSocketSettings settings, InstantSource clock) {
    JakartaWebSockets started = new JakartaWebSockets(hub, access, settings, clock);
    started.sockets.start();
    return started;
  }

  /** The endpoint at {@code /v1/ws/drafts/{draft_id}}, below the context path of the container. */
  public ServerEndpointConfig endpoint() {
    return endpoint;
  }

  /**
   * Sends all clients to other servers. New clients are refused from now on; every socket gets
   * {@code draining} with the time of its end, and is closed then with 4000, one after the other.
   * Until it is closed it receives what is committed.
   *
   * @param within how long that may take in all
   * @return whether all sockets have closed within that time; the others are left as they are
   * @throws InterruptedException when the caller does not want to wait any more; the closing goes
   *     on
   */
  public boolean drain(Duration within) throws InterruptedException {
    limiter.startDraining();
    return sockets.drain(within);
  }

  /** How many sockets are open. */
  public int openSockets() {
    return sockets.count();
  }

  /** The permits that sockets hold. */
  ConnectionLimiter connections() {
    return limiter.connections();
  }

  /** Stops the timer. Sockets are closed by the room hub, or with their container. */
  @Override
  public void close() {
    sockets.close();
  }
}
