package dev.ringdraft.websocket;

import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.io.IOException;
import java.time.Duration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/** Our own transport on a real listener. */
final class LiveServer extends SocketServer {
  final WebSocketTransport transport;
  private final HttpServer http = new HttpServer();
  private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);

  LiveServer() throws IOException {
    this(roomy(), RoomSettings.defaults());
  }

  LiveServer(WebSocketSettings settings, RoomSettings rooms) throws IOException {
    this(settings, rooms, new Surroundings());
  }

  LiveServer(WebSocketSettings settings, RoomSettings rooms, Surroundings surroundings)
      throws IOException {
    super(rooms, surroundings);
    transport = new WebSocketTransport(hub, access(), settings, surroundings.clock());
    TCPNIOTransport network = listener.getTransport();
    network.setIOStrategy(SameThreadIOStrategy.getInstance());
    network.setWorkerThreadPool(executor);
    listener.getKeepAlive().setIdleTimeoutInSeconds(surroundings.httpIdleSeconds());
    transport.install(listener);
    http.addListener(listener);
    http.start();
  }

  @Override
  protected int port() {
    return listener.getPort();
  }

  @Override
  protected int openSockets() {
    return transport.openSockets();
  }

  @Override
  protected ConnectionLimiter.Count connections() {
    return transport.connections().count();
  }

  @Override
  protected boolean drain(Duration within) throws InterruptedException {
    return transport.drain(within);
  }

  @Override
  protected void stop() {
    http.shutdownNow();
    transport.close();
  }
}
