package dev.ringdraft.app;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.DraftWriteLimit;
import dev.ringdraft.app.audit.RateLimitedAuditLog;
import dev.ringdraft.app.auth.CompositeAuthenticator;
import dev.ringdraft.app.config.AdminSettings;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.DraftRates;
import dev.ringdraft.app.config.HttpLimits;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.app.config.LimitSettings;
import dev.ringdraft.app.config.TlsSettings;
import dev.ringdraft.app.http.Listener;
import dev.ringdraft.app.http.codec.LoopbackOnly;
import dev.ringdraft.app.http.codec.RequestPolicy;
import dev.ringdraft.app.http.handler.CorsPolicy;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.handler.RestHandler;
import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import dev.ringdraft.app.http.operations.Health;
import dev.ringdraft.app.http.operations.LogLevels;
import dev.ringdraft.app.http.operations.LogLevelsEndpoint;
import dev.ringdraft.app.http.operations.MetricsEndpoint;
import dev.ringdraft.app.http.operations.Readiness;
import dev.ringdraft.app.http.operations.ReadinessProbe;
import dev.ringdraft.app.http.site.ApiReference;
import dev.ringdraft.app.http.site.CrossOrigin;
import dev.ringdraft.app.http.site.Pages;
import dev.ringdraft.app.metrics.Metrics;
import dev.ringdraft.app.tls.CurrentIdentity;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseState;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.rest.RestApplication;
import dev.ringdraft.rest.config.BodySettings;
import dev.ringdraft.rest.config.DraftServices;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.config.WaitSettings;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.timer.TurnTimer;
import dev.ringdraft.websocket.WebSocketTransport;
import dev.ringdraft.websocket.config.WebSocketSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Opens the parts of a server one after the other, and says for each how it ends. For one thread,
 * once.
 */
final class ServerStartup {
  private static final Logger LOG = System.getLogger(ServerStartup.class.getName());

  private final Configuration configuration;
  private final ShutdownSequence shutdown;

  /** For tokens and certificates, which are of the world outside; drafts have the database's. */
  private final InstantSource systemClock = Clock.tickMillis(ZoneOffset.UTC);

  private final IdSource ids = () -> UuidCreator.getTimeOrderedEpoch().toString();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final RateLimitedAuditLog auditLog = RateLimitedAuditLog.start();
  private final AccessServices access;
  private final @Nullable CurrentIdentity identity;
  private final Metrics metrics = new Metrics();
  private final Database.Prepared prepared;
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  /**
   * Opens what all parts share. Reading the database mapping takes longest, so it begins first.
   *
   * @throws ConfigurationException when a key, a certificate or a port can't be used
   */
  ServerStartup(Configuration configuration, ShutdownSequence shutdown)
      throws InterruptedException {
    this.configuration = configuration;
    this.shutdown = shutdown;
    prepared = Database.prepare();
    shutdown.started("Database mapping", prepared::close);
    configuration.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    SecretFiles.checkPrivacy(configuration.process().secretFiles());
    shutdown.started("Audit log", auditLog::close);
    shutdown.started("Metrics", metrics::close);
    CompositeAuthenticator authenticator =
        CompositeAuthenticator.of(configuration, systemClock, metrics.keyFetches());
    shutdown.started("Authentication", authenticator::close);
    access =
        new AccessServices(
            metrics.authenticator(authenticator),
            configuration.http().proxies(),
            metrics.auditLog(auditLog),
            systemClock);
    identity = watchCertificate();
    checkPorts();
  }

  private @Nullable CurrentIdentity watchCertificate() throws InterruptedException {
    TlsSettings tls = configuration.http().tls();
    if (tls == null) {
      return null;
    }
    CurrentIdentity watched = CurrentIdentity.watch(tls, systemClock);
    shutdown.started("Certificate", watched::close);
    return watched;
  }

  /** Before the database starts, which takes longer than to find a port in use. */
  private void checkPorts() {
    Listener.probe(configuration.http().host(), configuration.http().port(), Key.HTTP_PORT.key());
    AdminSettings admin = configuration.network().admin();
    if (admin.hasPort()) {
      Listener.probe(admin.host(), admin.port(), Key.ADMIN_PORT.key());
    }
  }

  /** The configured database, or the embedded one. */
  Database openDatabase() throws InterruptedException {
    Database database =
        prepared.open(
            DatabaseStartup.settings(configuration, shutdown, metrics.pool(), failure::complete));
    shutdown.started("Database", database::close);
    shutdown.started("Tasks", tasks::shutdownNow);
    metrics.measure(() -> database.poolUsage().orElseThrow());
    return database;
  }

  /** The reason why the server can't go on, once there is one. */
  CompletableFuture<String> failure() {
    return failure;
  }

  /** Keeps readiness up to date from now on. */
  void probe(Database database, Readiness readiness) throws InterruptedException {
    ReadinessProbe probe = ReadinessProbe.start(() -> readinessOf(database.state()), readiness);
    shutdown.started("Readiness probe", probe::close);
  }

  private static Readiness.State readinessOf(DatabaseState database) {
    return switch (database) {
      case WRITABLE -> Readiness.State.READY;
      case READ_ONLY -> Readiness.State.DATABASE_READ_ONLY;
      case DISK_FULL -> Readiness.State.DISK_FULL;
      case UNREACHABLE -> Readiness.State.DATABASE_UNREACHABLE;
    };
  }

  /** The embedded PostgreSQL has one server, so there is nobody to notify and to meet. */
  RoomHub openRooms(Database database) throws InterruptedException {
    boolean shared = configuration.storage().database().url() != null;
    CommitNotifier notifier =
        shared ? database.commitNotifier(metrics.notifications()) : CommitNotifier.none();
    shutdown.started("Commit notifications", notifier::close);
    RoomHub rooms =
        RoomHub.builder(database.eventStore())
            .notifier(notifier)
            .presence(shared ? database.presenceStore() : PresenceStore.none())
            .metrics(metrics.rooms())
            .executor(tasks)
            .clock(database.clock())
            .start();
    shutdown.started("Rooms", rooms::close);
    metrics.measure(rooms);
    return rooms;
  }

  /** The one way in which drafts change. */
  DraftCommands commands(Database database, RoomHub rooms) {
    DraftRates rates = configuration.limits().rates();
    DraftWriteLimit writeLimit =
        new DraftWriteLimit(rates.commandsPerSecond(), rates.bytesPerSecond(), System::nanoTime);
    return new DraftCommands(
        writeLimit.limit(metrics.commandStore(database.eventStore())),
        metrics.commitListener(rooms),
        configuration.limits().draft(),
        ids);
  }

  /** The resources under {@code /v1/collab}. */
  RestHandler openRest(Database database, RoomHub rooms, DraftCommands commands)
      throws InterruptedException {
    RestHandler rest =
        new RestHandler(
            RestApplication.of(
                RestServices.builder(
                        new DraftServices(
                            commands, database.catalog(), database.eventStore(), rooms),
                        access)
                    .settings(restSettings())
                    .ids(ids)
                    .clock(database.clock())
                    .tasks(tasks)
                    .build()));
    shutdown.started("REST", rest::close);
    return rest;
  }

  private RestSettings restSettings() {
    RestSettings defaults = RestSettings.defaults();
    LimitSettings limits = configuration.limits();
    return defaults.toBuilder()
        .limits(limits.draft())
        .developmentAuth(configuration.developmentModeEnabled())
        .body(new BodySettings(limits.http().maxBodyBytes(), defaults.body().deadline()))
        .commandDeadline(limits.requests().commandDeadline())
        .waits(
            new WaitSettings(
                defaults.waits().longest(),
                defaults.waits().commentEvery(),
                limits.requests().waitingPerUser()))
        .rates(new RateSettings(limits.requests().perSecond(), limits.requests().burst()))
        .build();
  }

  /** The sockets under {@code /v1/ws}. */
  WebSocketTransport openWebSockets(Database database, RoomHub rooms) throws InterruptedException {
    WebSocketTransport sockets =
        new WebSocketTransport(
            rooms,
            access,
            WebSocketSettings.defaults().toBuilder()
                .origins(configuration.network().cors().origins())
                .limits(configuration.limits().sockets().connections())
                .messages(configuration.limits().sockets().messages())
                .build(),
            database.clock());
    shutdown.started("WebSocket", sockets::close);
    metrics.gauge(
        "ringdraft.sockets", "WebSockets that are open", sockets, WebSocketTransport::openSockets);
    metrics.counter(
        "ringdraft.sockets.opened",
        "WebSockets that were opened",
        sockets,
        WebSocketTransport::openedSockets);
    return sockets;
  }

  /** Ends turns by their deadline. After the listener, so that a holder can come in time. */
  void startTurnTimer(Database database, DraftCommands commands) throws InterruptedException {
    TurnTimer timer =
        TurnTimer.builder(new TurnTimeouts(commands, database.turnDeadlines(), database.clock()))
            .metrics(metrics.turns())
            .start();
    shutdown.started("Turn timer", timer::close);
  }

  /**
   * Health, metrics and the levels of the log, on a port of their own if that is configured; then
   * also while the database is waited for.
   *
   * @return the handlers that the main listener has to serve
   */
  List<RequestHandler> openOperations(Readiness readiness) throws InterruptedException {
    metrics.measure(
        "ringdraft.readiness",
        "whether the next command would succeed, by state",
        Readiness.State.class,
        readiness::state);
    AdminSettings settings = configuration.network().admin();
    List<RequestHandler> operations = new ArrayList<>();
    operations.add(new Health(readiness));
    operations.add(new MetricsEndpoint(metrics));
    if (!settings.token().isEmpty()) {
      LogLevels levels = new LogbackLevels(configuration.process().log().level());
      operations.add(new LogLevelsEndpoint(levels, settings.token(), access.auditLog()));
    }
    if (!settings.hasPort()) {
      return configuration.http().isLoopback() ? operations : List.of();
    }
    Listener admin =
        Listener.builder(settings.host(), settings.port())
            .maxHeadBytes(configuration.limits().http().maxHeaderBytes())
            .metrics(metrics.requests())
            .handlers(operations)
            .start(Key.ADMIN_PORT.key());
    shutdown.started("Admin listener", admin::close);
    logOperationsAt(admin);
    return List.of();
  }

  /** Says where health and metrics are, unless they have a listener of their own, which did so. */
  void logOperations(Listener main) {
    if (configuration.network().admin().hasPort()) {
      return;
    }
    if (configuration.http().isLoopback()) {
      logOperationsAt(main);
    } else {
      LOG.log(
          Level.INFO,
          "Health and metrics are shown nowhere: {0} is not loopback; set {1}",
          Key.HTTP_HOST,
          Key.ADMIN_PORT);
    }
  }

  private static void logOperationsAt(Listener listener) {
    LOG.log(
        Level.INFO, "Health and metrics are at {0}/health/ready and {0}/metrics", listener.url());
  }

  /** The main listener. When this returns, requests succeed. */
  Listener listen(RestHandler rest, WebSocketTransport sockets, List<RequestHandler> operations)
      throws IOException {
    CorsPolicy cors = new CorsPolicy(configuration.network().cors().origins());
    List<RequestHandler> handlers = new ArrayList<>();
    handlers.add(new CrossOrigin(rest, cors));
    handlers.addAll(operations);
    handlers.add(new ApiReference());
    handlers.add(Pages.ofClassPath());
    String host = configuration.http().host();
    HttpLimits limits = configuration.limits().http();
    Listener.Builder listener =
        Listener.builder(host, configuration.http().port())
            .maxHeadBytes(limits.maxHeaderBytes())
            .maxBodyBytes(limits.maxBodyBytes())
            .limits(networkConnectionLimits(limits.networkConnections()))
            .auditLog(access.auditLog())
            .policy(
                configuration.developmentModeEnabled()
                    ? new LoopbackOnly(host)
                    : RequestPolicy.none())
            .behind(configuration.http().proxies())
            .cors(cors)
            .metrics(metrics.requests())
            .handlers(handlers)
            .with(sockets::install);
    if (identity != null) {
      listener.overTls(identity::engine);
    }
    return listener.start(Key.HTTP_PORT.key());
  }

  private static NetworkConnectionLimits networkConnectionLimits(
      NetworkConnectionLimits configured) {
    int possible = OpenFiles.forConnections();
    if (configured.maxConnections() > possible) {
      boolean isDefault = configured.equals(NetworkConnectionLimits.defaults());
      LOG.log(
          isDefault ? Level.INFO : Level.WARNING,
          "{0}: {1}, and not {2}, because of the limit of open files; see ulimit -n",
          Key.LIMIT_NETWORK_CONNECTIONS,
          Integer.toString(possible),
          Integer.toString(configured.maxConnections()));
    }
    return configured.atMost(possible);
  }
}
