package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.websocket.SocketServer;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.time.Duration;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The endpoint on Jetty. */
final class JettyServer extends SocketServer {
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final JakartaWebSockets sockets;

  JettyServer(WebSocketSettings settings, RoomSettings rooms, Surroundings surroundings)
      throws Exception {
    super(rooms, surroundings);
    sockets = JakartaWebSockets.start(hub(), access(), settings, surroundings.clock());
    connector.setHost("127.0.0.1");
    connector.setAcceptedSendBufferSize(settings.sendBufferBytes());
    connector.setIdleTimeout(surroundings.httpIdleSeconds() * 1_000L);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servlets, container) -> container.addEndpoint(sockets.endpoint()));
    jetty.setHandler(context);
    jetty.start();
  }

  @Override
  protected int port() {
    return connector.getLocalPort();
  }

  @Override
  protected int openSockets() {
    return sockets.openSockets();
  }

  @Override
  protected ConnectionLimiter.Count connections() {
    return sockets.connections().count();
  }

  @Override
  protected boolean drain(Duration within) throws InterruptedException {
    return sockets.drain(within);
  }

  @Override
  protected void stop() throws Exception {
    sockets.close();
    jetty.stop();
  }
}
