package dev.ringdraft.websocket;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import dev.ringdraft.websocket.handshake.Handshake;
import dev.ringdraft.websocket.handshake.HandshakeLimiter;
import dev.ringdraft.websocket.socket.SocketRegistry;
import dev.ringdraft.websocket.tyrus.DraftEndpoint;
import dev.ringdraft.websocket.tyrus.WebSocketFilter;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Live drafts over WebSocket, on a Grizzly listener that may serve HTTP as well. What may wait,
 * such as a handshake that asks the store, runs in the listener's worker pool; virtual threads are
 * meant.
 */
public final class WebSocketTransport implements AutoCloseable {
  private static final String CONTEXT = "/v1/ws";

  private final SocketRegistry sockets;
  private final HandshakeLimiter limiter;
  private final Container container;
  private final WebSocketFilter filter;

  /**
   * @param clock of the server, which clients are shown
   */
  public WebSocketTransport(
      RoomHub hub, AccessServices access, WebSocketSettings settings, InstantSource clock) {
    this.limiter = new HandshakeLimiter(settings.limits(), System::nanoTime);
    this.container = new Container(settings.messages().maxBytes());
    Handshake handshake = new Handshake(access.authenticator(), hub, limiter, settings.origins());
    this.sockets = new SocketRegistry(settings, handshake::renew, clock, access.clock());
    this.filter = new WebSocketFilter(container.getWebSocketEngine(), handshake, sockets, access);
  }

  /**
   * Makes the listener answer on {@code /v1/ws/drafts/{draft_id}}. To be called before the listener
   * starts.
   *
   * @throws IOException when Tyrus can't start
   */
  public void install(NetworkListener listener) throws IOException {
    try {
      container.addEndpoint(
          ServerEndpointConfig.Builder.create(DraftEndpoint.class, "/drafts/{draft_id}")
              .subprotocols(List.of(Handshake.SUBPROTOCOL))
              .build());
      container.start(CONTEXT, -1);
    } catch (DeploymentException fault) {
      throw new IOException(fault);
    }
    listener.registerAddOn(
        (ignored, chain) -> chain.add(chain.indexOfType(HttpServerFilter.class), filter));
    sockets.start();
  }

  /**
   * Sends all clients to other servers. New handshakes are refused with 503 from now on; every
   * socket gets {@code draining} with the time of its end, and is closed then with 4000, one after
   * the other. Until it is closed it receives what is committed.
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

  /** How many sockets were opened so far. */
  public long openedSockets() {
    return sockets.opened();
  }

  /** The places that sockets take. */
  ConnectionLimiter connections() {
    return limiter.connections();
  }

  /** Stops the timer. Sockets are closed by the room hub, or with their listener. */
  @Override
  public void close() {
    sockets.close();
    container.stop();
  }

  /** Tyrus without a listener of its own. */
  private static final class Container extends TyrusServerContainer {
    private final WebSocketEngine engine;

    Container(int maxMessageBytes) {
      super((Set<Class<?>>) null);
      // Frames are bounded before they come here; two of the largest fit.
      this.engine =
          TyrusWebSocketEngine.builder(this).incomingBufferSize(4 * maxMessageBytes).build();
    }

    @Override
    public void register(Class<?> endpoint) throws DeploymentException {
      engine.register(endpoint, CONTEXT);
    }

    @Override
    public void register(ServerEndpointConfig endpoint) throws DeploymentException {
      engine.register(endpoint, CONTEXT);
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
      return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
      return Map.of();
    }
  }
}
