package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.websocket.SocketServer;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.BackgroundProcess;
import org.apache.tomcat.websocket.server.WsSci;

/** The endpoint on Tomcat. */
final class TomcatServer extends SocketServer {
  private final Tomcat tomcat = new Tomcat();
  private final JakartaWebSockets sockets;

  TomcatServer(WebSocketSettings settings, RoomSettings rooms, Surroundings surroundings)
      throws Exception {
    super(rooms, surroundings);
    Path folder = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(folder.toString());
    tomcat.setSilent(true);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("socket.txBufSize", Integer.toString(settings.sendBufferBytes()));
    connector.setProperty(
        "keepAliveTimeout", Long.toString(surroundings.httpIdleSeconds() * 1_000L));
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", folder.toString());
    if (context instanceof StandardContext quiet) {
      quiet.setClearReferencesThreadLocals(false);
      quiet.setClearReferencesRmiTargets(false);
    }
    Tomcat.addServlet(context, "default", new NoPage()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    tomcat.start();
    sockets = addTo(context.getServletContext(), hub(), access(), settings);
    if (context.getServletContext().getAttribute(ServerContainer.class.getName())
        instanceof BackgroundProcess timeouts) {
      // So many seconds between two looks at the time-outs; 10 by default.
      timeouts.setProcessPeriod(1);
    }
  }

  /** What stands behind the endpoint, as Tomcat needs something there. */
  private static final class NoPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  // begin endpoint
  static JakartaWebSockets addTo(
      ServletContext servlets, RoomHub rooms, AccessServices access, WebSocketSettings settings)
      throws DeploymentException {
    JakartaWebSockets sockets =
        JakartaWebSockets.start(rooms, access, settings, InstantSource.system());
    String attribute = ServerContainer.class.getName();
    ((ServerContainer) servlets.getAttribute(attribute)).addEndpoint(sockets.endpoint());
    return sockets;
  }

  // end endpoint

  @Override
  protected int port() {
    return tomcat.getConnector().getLocalPort();
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
    tomcat.stop();
    tomcat.destroy();
  }
}
