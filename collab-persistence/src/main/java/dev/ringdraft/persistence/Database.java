package dev.ringdraft.persistence;

import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.notification.NotificationMetrics;
import dev.ringdraft.persistence.connection.ConnectionPool;
import dev.ringdraft.persistence.connection.FailureReason;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.persistence.presence.PostgresPresenceStore;
import dev.ringdraft.persistence.signal.PostgresCommitNotifier;
import dev.ringdraft.persistence.store.HibernateDraftCatalog;
import dev.ringdraft.persistence.store.HibernateDraftEventStore;
import dev.ringdraft.persistence.store.Mapping;
import dev.ringdraft.persistence.store.StoredLogVerifier;
import dev.ringdraft.persistence.transaction.TransactionWork;
import dev.ringdraft.persistence.turn.DatabaseClock;
import dev.ringdraft.persistence.turn.PostgresTurnDeadlines;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.LogVerifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL database with the tables of this module, and the ports on top of it. {@link #open}
 * keeps a pool of its own; {@link #of} works on the pool of the embedding service. Safe for use by
 * many threads.
 */
public final class Database implements AutoCloseable {
  private final Schema schema;
  private final PostgresCommitNotifier.Connections direct;
  private final AutoCloseable owned;
  private final SessionFactory factory;
  private final Sessions sessions;
  private final HibernateDraftEventStore eventStore;
  private final DraftCatalog catalog;
  private final WriteProbe writeProbe;
  private final DatabaseClock clock;

  private Database(
      ConnectionPool pool,
      Schema schema,
      SessionFactory factory,
      PostgresCommitNotifier.Connections direct,
      AutoCloseable owned) {
    this.schema = schema;
    this.direct = direct;
    this.owned = owned;
    this.factory = factory;
    this.sessions = new Sessions(pool, factory);
    this.eventStore =
        new HibernateDraftEventStore(sessions, schema, Mapping.epoch(sessions, schema));
    this.catalog = new HibernateDraftCatalog(sessions);
    this.writeProbe = new WriteProbe(sessions);
    this.clock = DatabaseClock.start(sessions);
  }

  /**
   * Connects, waiting for a server that is about to start, and brings the schema up to date.
   * Several programs may do so at once.
   *
   * @throws DatabaseRefusedException with one line that says why not
   */
  public static Database open(DatabaseSettings settings) {
    return prepare().open(settings);
  }

  /**
   * Checks that a database can be worked on, waiting for a server that is about to start. Changes
   * nothing.
   *
   * @return whether its schema is up to date; {@link #open} would bring it up to date
   * @throws DatabaseRefusedException with one line that says why it can't be used
   */
  public static boolean isMigrated(DatabaseSettings settings) {
    try {
      Properties driver = Prepared.driver(settings);
      DataSource connections = Prepared.unpooled(settings, driver);
      if (!new Migrations(connections, settings.schema()).isUpToDate()) {
        return false;
      }
      try (Connection connection = connections.getConnection()) {
        checkPrivileges(settings.address(), connection, settings.schema());
      }
      return true;
    } catch (SQLException | FlywayException refused) {
      throw new DatabaseRefusedException(settings.address(), refused);
    }
  }

  /** Starts the part of opening that needs no database, on a thread of its own. */
  public static Prepared prepare() {
    return new Prepared();
  }

  /**
   * Works on connections of the embedding service, which stay open when this is closed. They must
   * be in auto-commit mode. Needs no HikariCP on the class path.
   */
  public static Setup of(DataSource connections) {
    return new Setup(connections, Schema.ofSearchPath());
  }

  /** A database on the service's own connections, before its schema was looked at. */
  public static final class Setup {
    private static final String ADDRESS = "the given DataSource";
    private static final Duration TURN = Duration.ofMinutes(5);

    private final DataSource connections;
    private final Schema schema;

    private Setup(DataSource connections, Schema schema) {
      this.connections = connections;
      this.schema = schema;
    }

    /**
     * Keeps the tables in a schema of this name. By default they are in the first schema of the
     * connections' search path.
     *
     * @param name 1 to 63 characters of {@code a-z 0-9 _}
     */
    public Setup schema(String name) {
      return new Setup(connections, new Schema(name));
    }

    /**
     * Brings the schema up to date, creating it if it is missing.
     *
     * @throws DatabaseRefusedException with one line that says why not
     */
    public Database migrate() {
      return open(true);
    }

    /**
     * Checks that the schema is up to date, and changes nothing.
     *
     * @throws DatabaseRefusedException with one line that says why not
     */
    public Database validate() {
      return open(false);
    }

    private Database open(boolean migrate) {
      try {
        try (Connection connection = connections.getConnection()) {
          refuse(ADDRESS, ServerCheck.problem(connection));
          if (ServerCheck.isPooled(connection) && ServerCheck.namesStatements(connection)) {
            throw new DatabaseRefusedException(
                ADDRESS, "it is reached through a pooler; add prepareThreshold=0 to its URL");
          }
        }
        Migrations migrations = new Migrations(connections, schema);
        if (migrate) {
          migrations.migrate(TURN);
        } else if (!migrations.isUpToDate()) {
          throw new DatabaseRefusedException(ADDRESS, "its schema is not up to date; call migrate");
        }
        try (Connection connection = connections.getConnection()) {
          checkPrivileges(ADDRESS, connection, schema);
        }
      } catch (SQLException | FlywayException refused) {
        throw new DatabaseRefusedException(ADDRESS, refused);
      }
      return new Database(
          ConnectionPool.of(connections),
          schema,
          Mapping.of(connections, schema),
          connections::getConnection,
          () -> {});
    }
  }

  /** A database that is being opened, before its address is known. Open it once, or close it. */
  public static final class Prepared implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final OwnPool pool = new OwnPool();
    private final CompletableFuture<SessionFactory> mapping =
        CompletableFuture.supplyAsync(
            () -> Mapping.of(pool.source(), Schema.ofSearchPath()),
            task -> Thread.ofPlatform().daemon().name("mapping").start(task));

    private Prepared() {}

    /**
     * As {@link Database#open}; when that fails, this is closed.
     *
     * @throws DatabaseRefusedException with one line that says why not
     */
    public Database open(DatabaseSettings settings) {
      boolean open = false;
      try {
        Properties driver = driver(settings);
        pool.start(settings, driver);
        migrate(settings, driver);
        Database database =
            new Database(
                pool.connections(settings),
                settings.schema(),
                mapping(settings.schema()),
                settings::connect,
                pool);
        open = true;
        return database;
      } catch (SQLException | FlywayException refused) {
        throw new DatabaseRefusedException(settings.address(), refused);
      } finally {
        if (!open) {
          close();
        }
      }
    }

    /** Waits for the server, checks it, and finds out how to talk to it. */
    private static Properties driver(DatabaseSettings settings) throws SQLException {
      String weakness = TransportSecurity.weakness(settings.url());
      if (weakness != null) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is on another machine: {1}",
            settings.address(),
            weakness);
      }
      try (Connection connection = awaitAnswer(settings)) {
        refuse(settings.address(), ServerCheck.problem(connection));
        if (!ServerCheck.isPooled(connection)) {
          return settings.driver();
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is reached through a pooler: {1}; if it shares connections between transactions,"
                + " commits of other servers are found within a second, without notifications",
            settings.address(),
            settings.saysHowToPrepare()
                ? "prepareThreshold is as the URL says"
                : "statements are not kept prepared");
        return settings.driverThroughPooler();
      }
    }

    private static Connection awaitAnswer(DatabaseSettings settings) {
      long begun = System.nanoTime();
      boolean waits = false;
      while (true) {
        try {
          Connection connection = settings.connect();
          if (waits) {
            LOG.log(System.Logger.Level.INFO, "the database answers after {0}", waited(begun));
          }
          return connection;
        } catch (SQLException refused) {
          if (!mayPass(refused) || System.nanoTime() - begun > settings.startTimeout().toNanos()) {
            throw new DatabaseRefusedException(settings.address(), refused);
          }
          if (!waits) {
            LOG.log(
                System.Logger.Level.WARNING,
                "waits for the database at {0}: {1}",
                settings.address(),
                FailureReason.of(refused));
          }
          waits = true;
        }
        pause(settings);
      }
    }

    private static String waited(long begun) {
      return Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s";
    }

    /** No answer yet, starting up, or all connections taken: unlike a wrong password or name. */
    private static boolean mayPass(SQLException refused) {
      String state = String.valueOf(refused.getSQLState());
      return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static void pause(DatabaseSettings settings) {
      try {
        Thread.sleep(RETRY_PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new DatabaseRefusedException(settings.address(), interrupted);
      }
    }

    /** On connections of its own, with a longer timeout than the pool's. */
    private static void migrate(DatabaseSettings settings, Properties driver) throws SQLException {
      DataSource connections = unpooled(settings, driver);
      new Migrations(connections, settings.schema()).migrate(settings.migrationTimeout());
      try (Connection connection = connections.getConnection()) {
        checkPrivileges(settings.address(), connection, settings.schema());
      }
    }

    private static DataSource unpooled(DatabaseSettings settings, Properties driver)
        throws SQLException {
      PGSimpleDataSource connections = new PGSimpleDataSource();
      connections.setURL(settings.url());
      for (String name : driver.stringPropertyNames()) {
        connections.setProperty(name, driver.getProperty(name));
      }
      connections.setSocketTimeout(Math.toIntExact(settings.migrationTimeout().toSeconds()));
      return connections;
    }

    private SessionFactory mapping(Schema schema) {
      SessionFactory prepared = mapping.join();
      if (schema.name() == null) {
        return prepared;
      }
      prepared.close();
      return Mapping.of(pool.source(), schema);
    }

    @Override
    public void close() {
      CompletableFuture<?> unused = mapping.thenAccept(SessionFactory::close);
      pool.close();
    }
  }

  public DraftEventStore eventStore() {
    return eventStore;
  }

  /**
   * The same event store, with statements of the service in the transaction of each commit. For
   * {@link dev.ringdraft.authoring.DraftCommands#through}, which carries out one command on it.
   */
  public DraftEventStore eventStore(TransactionWork work) {
    return eventStore.with(work);
  }

  public DraftCatalog catalog() {
    return catalog;
  }

  /** Verifies the logs, the heads and the members that the database holds. */
  public LogVerifier logVerifier() {
    return new StoredLogVerifier(sessions, schema);
  }

  /** Finds overdue turns, by the clock of the database. Each look also corrects {@link #clock}. */
  public TurnDeadlines turnDeadlines() {
    return new PostgresTurnDeadlines(sessions, schema, clock);
  }

  /**
   * The clock of the database, for the instants of commands: in whole milliseconds, without a
   * question to the database. It is right within half a round trip, as long as overdue turns are
   * looked for once in a while.
   */
  public InstantSource clock() {
    return clock;
  }

  /** Presence that the servers of this database share; one instance for each server. */
  public PresenceStore presenceStore() {
    return new PostgresPresenceStore(sessions, schema);
  }

  /**
   * Starts to carry commit notifications between the servers of this database, on two connections
   * that it keeps. Close it before this.
   */
  public CommitNotifier commitNotifier() {
    return commitNotifier(NotificationMetrics.disabled());
  }

  /** As {@link #commitNotifier()}, and counts what becomes of notifications. */
  public CommitNotifier commitNotifier(NotificationMetrics metrics) {
    return PostgresCommitNotifier.open(direct, metrics);
  }

  /** How the pool of {@link #open} is used now; empty for the connections of a service. */
  public Optional<PoolUsage> poolUsage() {
    return owned instanceof OwnPool pool ? Optional.of(pool.usage()) : Optional.empty();
  }

  /** Whether the database can be written to now; waits a few seconds at most. */
  public DatabaseState state() {
    return writeProbe.state();
  }

  /** Closes its own connections, none of the service's; a second call does nothing. */
  @Override
  public void close() {
    factory.close();
    try {
      owned.close();
    } catch (Exception failed) {
      throw new IllegalStateException("the pool could not be closed", failed);
    }
  }

  private static void refuse(String address, @Nullable String reason) {
    if (reason != null) {
      throw new DatabaseRefusedException(address, reason);
    }
  }

  private static void checkPrivileges(String address, Connection connection, Schema schema)
      throws SQLException {
    String missing = ServerCheck.missingPrivilege(connection, schema);
    if (missing != null) {
      throw new DatabaseRefusedException(
          address, "the user lacks the privilege to %s; grant it".formatted(missing));
    }
  }
}
