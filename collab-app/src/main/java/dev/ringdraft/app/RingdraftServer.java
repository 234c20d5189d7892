package dev.ringdraft.app;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.http.ListenException;
import dev.ringdraft.app.http.Listener;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.handler.RestHandler;
import dev.ringdraft.app.http.operations.Readiness;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseRefusedException;
import dev.ringdraft.persistence.embedded.EmbeddedPostgresException;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.websocket.WebSocketTransport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A server that is up: database, rooms, REST, WebSocket and listener, put together by hand.
 *
 * <p>Closing it is the graceful shutdown: it is not ready any more, sends subscribers to other
 * servers, lets requests under way end, and closes the database last.
 */
final class RingdraftServer implements AutoCloseable {
  /** How long requests under way may take when the server stops. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(RingdraftServer.class.getName());

  private final ShutdownSequence shutdown;
  private final String url;
  private final CompletableFuture<String> failure;

  private RingdraftServer(
      ShutdownSequence shutdown, String url, CompletableFuture<String> failure) {
    this.shutdown = shutdown;
    this.url = url;
    this.failure = failure;
  }

  /**
   * Starts a server; when this returns, requests succeed.
   *
   * @throws ConfigurationException when a configured value can't be meant
   * @throws StartException when it can't start, in one line
   * @throws InterruptedException when the program was asked to stop meanwhile
   */
  static RingdraftServer start(Configuration configuration)
      throws IOException, InterruptedException {
    ShutdownSequence shutdown = new ShutdownSequence();
    boolean up = false;
    try {
      RingdraftServer server = start(configuration, shutdown);
      up = true;
      return server;
    } catch (ListenException | EmbeddedPostgresException | DatabaseRefusedException refused) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while starting");
      }
      throw new StartException(refused);
    } finally {
      if (!up) {
        shutdown.close();
      }
    }
  }

  /** The parts end in the opposite order of this. */
  private static RingdraftServer start(Configuration configuration, ShutdownSequence shutdown)
      throws IOException, InterruptedException {
    ServerStartup startup = new ServerStartup(configuration, shutdown);
    Readiness readiness = new Readiness(System::nanoTime);
    List<RequestHandler> operations = startup.openOperations(readiness);
    Database database = startup.openDatabase();
    startup.probe(database, readiness);
    RoomHub rooms = startup.openRooms(database);
    DraftCommands commands = startup.commands(database, rooms);
    RestHandler rest = startup.openRest(database, rooms, commands);
    WebSocketTransport sockets = startup.openWebSockets(database, rooms);
    Listener listener = startup.listen(rest, sockets, operations);
    shutdown.started("Listener", () -> listener.drain(GRACE));
    startup.startTurnTimer(database, commands);
    // Streams and polls end with their rooms, else the listener would wait for them.
    shutdown.started("Subscriptions", rooms::close);
    shutdown.started(
        "Open sockets", () -> drain(sockets, configuration.limits().sockets().drain()));
    shutdown.started("Readiness", readiness::drain);
    startup.logOperations(listener);
    return new RingdraftServer(shutdown, listener.url(), startup.failure());
  }

  private static void drain(WebSocketTransport sockets, Duration within)
      throws InterruptedException {
    if (!sockets.drain(within)) {
      LOG.log(Level.WARNING, "{0} sockets did not close within {1}", sockets.openSockets(), within);
    }
  }

  /** Where it is reached. */
  String url() {
    return url;
  }

  /** Waits until the server can't go on, and gives the reason. Blocks for ever if all is well. */
  String awaitFailure() throws InterruptedException {
    try {
      return failure.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    LOG.log(Level.INFO, "Stopping");
    shutdown.close();
    LOG.log(Level.INFO, "Stopped");
  }
}
