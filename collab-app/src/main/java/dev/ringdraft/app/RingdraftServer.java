package dev.ringdraft.app;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.app.audit.RateLimitedAuditLog;
import dev.ringdraft.app.auth.CompositeAuthenticator;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.app.config.TlsSettings;
import dev.ringdraft.app.http.ListenException;
import dev.ringdraft.app.http.Listener;
import dev.ringdraft.app.http.codec.LoopbackOnly;
import dev.ringdraft.app.http.codec.RequestPolicy;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.handler.RestHandler;
import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import dev.ringdraft.app.http.operations.Health;
import dev.ringdraft.app.http.operations.MetricsEndpoint;
import dev.ringdraft.app.http.operations.Readiness;
import dev.ringdraft.app.http.site.CrossOrigin;
import dev.ringdraft.app.http.site.Pages;
import dev.ringdraft.app.metrics.Metrics;
import dev.ringdraft.app.tls.CurrentIdentity;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseRefusedException;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.persistence.embedded.EmbeddedPostgresException;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.rest.RestApplication;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.config.WaitSettings;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.websocket.WebSocketTransport;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.socket.SharedFrames;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server that is up: database, rooms, REST, WebSocket and listener, put together by hand.
 *
 * <p>Closing it is the orderly stop: it says that it is not ready, sends the viewers elsewhere,
 * lets requests under way end, and lets go of the database last.
 */
final class RingdraftServer implements AutoCloseable {
  /** How long requests under way may take when the server stops. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = System.getLogger(RingdraftServer.class.getName());
  private static final String LOOPBACK = "127.0.0.1";

  private final ShutdownSequence stages;
  private final String url;

  private RingdraftServer(ShutdownSequence stages, String url) {
    this.stages = stages;
    this.url = url;
  }

  /**
   * Starts a server; when this returns, requests succeed.
   *
   * @throws ConfigurationException when what was configured can't be meant
   * @throws StartException when it can't start, in one line
   * @throws InterruptedException when the program was told to stop meanwhile
   */
  static RingdraftServer start(Configuration configuration)
      throws IOException, InterruptedException {
    ShutdownSequence stages = new ShutdownSequence();
    boolean up = false;
    try {
      RingdraftServer server = start(configuration, stages);
      up = true;
      return server;
    } catch (ListenException | EmbeddedPostgresException | DatabaseRefusedException refused) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while starting");
      }
      throw new StartException(refused);
    } finally {
      if (!up) {
        stages.close();
      }
    }
  }

  private static RingdraftServer start(Configuration configuration, ShutdownSequence stages)
      throws IOException, InterruptedException {
    InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
    IdSource ids = () -> UuidCreator.getTimeOrderedEpoch().toString();
    RateLimitedAuditLog trail = RateLimitedAuditLog.start();
    stages.started("Audit trail", trail::close);
    CompositeAuthenticator gatekeeper = CompositeAuthenticator.of(configuration, clock);
    stages.started("Authentication", gatekeeper::close);
    CurrentIdentity identity = identity(configuration, clock, stages);
    probePorts(configuration);

    Database.Prepared prepared = Database.prepare();
    stages.started("Database mapping", prepared::close);
    DatabaseSettings databaseSettings = databaseSettings(configuration, stages);
    Database database = prepared.open(databaseSettings);
    stages.started("Database", database::close);
    CommitNotifier signal = signal(configuration, database);
    stages.started("Hints", signal::close);
    ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    stages.started("Tasks", tasks::shutdownNow);
    Metrics metrics = new Metrics();
    stages.started("Metrics", metrics::close);
    RoomHub hub =
        RoomHub.builder(database.eventStore(), new SharedFrames())
            .notifier(signal)
            .presence(presenceStore(configuration, database))
            .metrics(metrics.rooms())
            .executor(tasks)
            .clock(clock)
            .start();
    metrics.measure(hub);
    DraftCommands commands =
        new DraftCommands(database.eventStore(), hub, configuration.limits().draft(), ids);
    RestHandler rest =
        new RestHandler(
            RestApplication.of(
                new RestServices(
                    commands,
                    database.catalog(),
                    database.eventStore(),
                    hub,
                    tasks,
                    gatekeeper,
                    configuration.http().proxies(),
                    trail,
                    ids,
                    clock,
                    restSettings(configuration))));
    stages.started("REST", rest::close);
    WebSocketTransport sockets =
        new WebSocketTransport(
            hub,
            gatekeeper,
            WebSocketSettings.defaults()
                .withOrigins(configuration.cors().origins())
                .withLimits(configuration.limits().connections())
                .withMessages(configuration.limits().messages()),
            configuration.http().proxies(),
            trail,
            clock);
    stages.started("WebSocket", sockets::close);

    Readiness readiness = new Readiness(database::isReachable, System::nanoTime);
    metrics.gauge(
        "ringdraft.sockets", "WebSockets that are open", sockets, WebSocketTransport::openSockets);
    List<RequestHandler> forOperators =
        List.of(new Health(readiness), new MetricsEndpoint(metrics));
    startAdmin(configuration, forOperators, stages);
    Listener listener = listener(configuration, forOperators, rest, trail).with(sockets::install);
    if (identity != null) {
      listener.overTls(identity::engine);
    }
    listener.start(Key.HTTP_PORT.key());
    stages.started("Listener", () -> listener.drain(GRACE));
    stages.started("Rooms", hub::close);
    stages.started("Open sockets", () -> drain(sockets, configuration.limits().drain()));
    stages.started("Readiness", readiness::drain);
    return new RingdraftServer(stages, listener.url());
  }

  private static void drain(WebSocketTransport sockets, Duration within)
      throws InterruptedException {
    if (!sockets.drain(within)) {
      LOG.log(Level.WARNING, "{0} sockets did not close within {1}", sockets.openSockets(), within);
    }
  }

  private static @Nullable CurrentIdentity identity(
      Configuration configuration, InstantSource clock, ShutdownSequence stages)
      throws InterruptedException {
    TlsSettings tls = configuration.http().tls();
    if (tls == null) {
      return null;
    }
    CurrentIdentity identity = CurrentIdentity.watch(tls, clock);
    stages.started("Certificate", identity::close);
    return identity;
  }

  private static void probePorts(Configuration configuration) {
    Listener.probe(configuration.http().host(), configuration.http().port(), Key.HTTP_PORT.key());
    if (configuration.admin().port() != 0) {
      Listener.probe(LOOPBACK, configuration.admin().port(), Key.ADMIN_PORT.key());
    }
  }

  private static DatabaseSettings databaseSettings(
      Configuration configuration, ShutdownSequence stages) throws InterruptedException {
    String url = configuration.database().url();
    int poolSize = configuration.database().poolSize();
    if (url != null) {
      return DatabaseSettings.of(
          url, configuration.database().user(), configuration.database().password(), poolSize);
    }
    if (poolSize > EmbeddedPostgres.MAX_CONNECTIONS) {
      throw new ConfigurationException(
          "database.pool.size: %d (expected: 1..%d for the embedded PostgreSQL)"
              .formatted(poolSize, EmbeddedPostgres.MAX_CONNECTIONS));
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(configuration.data().folder());
    stages.started("Embedded PostgreSQL", postgres::close);
    return DatabaseSettings.of(postgres.url(), postgres.user(), postgres.password(), poolSize);
  }

  /** The embedded PostgreSQL is this server's alone, so nobody else could be told. */
  private static CommitNotifier signal(Configuration configuration, Database database) {
    return configuration.database().url() == null
        ? CommitNotifier.none()
        : database.commitNotifier();
  }

  /** So is nobody connected elsewhere. */
  private static PresenceStore presenceStore(Configuration configuration, Database database) {
    return configuration.database().url() == null ? PresenceStore.none() : database.presenceStore();
  }

  private static RestSettings restSettings(Configuration configuration) {
    RestSettings defaults = RestSettings.defaults();
    return new RestSettings(
        configuration.limits().draft(),
        configuration.believesNames(),
        configuration.limits().maxBodyBytes(),
        defaults.bodyDeadline(),
        configuration.limits().commandDeadline(),
        defaults.draftsPageLength(),
        defaults.maxDraftsPageLength(),
        defaults.maxEventsPageLength(),
        defaults.retryAfter(),
        new WaitSettings(
            defaults.waits().longest(),
            defaults.waits().commentEvery(),
            configuration.limits().waitingRequestsPerUser()),
        new RateSettings(
            configuration.limits().requestsPerSecond(), configuration.limits().requestsBurst()));
  }

  /** What operators read is shown where only this machine can ask, wherever drafts are served. */
  private static void startAdmin(
      Configuration configuration, List<RequestHandler> forOperators, ShutdownSequence stages)
      throws InterruptedException {
    if (configuration.admin().port() == 0) {
      return;
    }
    Listener admin =
        new Listener(
            LOOPBACK,
            configuration.admin().port(),
            configuration.limits().maxHeaderBytes(),
            forOperators);
    admin.start(Key.ADMIN_PORT.key());
    stages.started("Admin listener", admin::close);
    LOG.log(Level.INFO, "Health and metrics are shown at {0}/health/ready, /metrics", admin.url());
  }

  private static Listener listener(
      Configuration configuration,
      List<RequestHandler> forOperators,
      RestHandler rest,
      AuditLog trail)
      throws IOException {
    List<RequestHandler> parts = new ArrayList<>();
    parts.add(new CrossOrigin(rest, configuration.cors().origins()));
    if (configuration.admin().port() == 0 && configuration.http().isLoopback()) {
      parts.addAll(forOperators);
    }
    parts.add(Pages.ofClassPath());
    String host = configuration.http().host();
    return new Listener(
            host,
            configuration.http().port(),
            configuration.limits().maxHeaderBytes(),
            configuration.limits().maxBodyBytes(),
            networkConnectionLimits(configuration.limits().networkConnections()),
            trail,
            configuration.believesNames() ? new LoopbackOnly(host) : RequestPolicy.none(),
            parts)
        .behind(configuration.http().proxies());
  }

  private static NetworkConnectionLimits networkConnectionLimits(
      NetworkConnectionLimits configured) {
    int possible = OpenFiles.forConnections();
    if (configured.maxConnections() > possible) {
      LOG.log(
          Level.WARNING,
          "{0}: {1} can''t be reached, open files allow {2} (see ulimit -n)",
          Key.LIMIT_NETWORK_CONNECTIONS,
          configured.maxConnections(),
          possible);
    }
    return configured.atMost(possible);
  }

  /** Where it is reached. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    LOG.log(Level.INFO, "Stopping");
    stages.close();
    LOG.log(Level.INFO, "Stopped");
  }
}
