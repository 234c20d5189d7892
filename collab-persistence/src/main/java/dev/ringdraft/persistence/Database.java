package dev.ringdraft.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.presence.PresenceStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL database, brought to our schema and ready to use: a pool of connections, and the
 * ports on top of it. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
  private static final String MIGRATIONS = "classpath:dev/ringdraft/persistence/migration";
  private static final String MIGRATIONS_DONE = "ringdraft_migration";
  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

  /** Any number that others are unlikely to lock: "ringdrft" as bytes. */
  private static final long MIGRATION_LOCK = 0x72696e6764726674L;

  private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

  private final HikariDataSource pool;
  private final SessionFactory sessions;
  private final HibernateDraftEventStore eventStore;
  private final HibernateDraftCatalog catalog;
  private final Sessions use;

  private Database(HikariDataSource pool, SessionFactory factory) {
    this.pool = pool;
    this.sessions = factory;
    this.use = new Sessions(pool, factory);
    this.eventStore = new HibernateDraftEventStore(use, epoch(factory));
    this.catalog = new HibernateDraftCatalog(use);
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

  /** Begins with what needs no database yet, on a thread of its own. */
  public static Prepared prepare() {
    HikariDataSource pool = new HikariDataSource();
    return new Prepared(
        pool,
        CompletableFuture.supplyAsync(
            () -> sessions(pool),
            task -> Thread.ofPlatform().daemon().name("mapping").start(task)));
  }

  /** A database that is being opened, and is not said yet which; to be opened once, or closed. */
  public static final class Prepared implements AutoCloseable {
    private final HikariDataSource pool;
    private final CompletableFuture<SessionFactory> sessions;

    private Prepared(HikariDataSource pool, CompletableFuture<SessionFactory> sessions) {
      this.pool = pool;
      this.sessions = sessions;
    }

    /**
     * As {@link Database#open}; when that fails, this is closed.
     *
     * @throws DatabaseRefusedException with one line that says why not
     */
    public Database open(DatabaseSettings settings) {
      boolean open = false;
      try {
        awaitAnswer(settings);
        configure(pool, settings);
        migrate(settings);
        Database database = new Database(pool, sessions.join());
        open = true;
        return database;
      } catch (FlywayException refused) {
        throw new DatabaseRefusedException(settings, refused);
      } finally {
        if (!open) {
          close();
        }
      }
    }

    @Override
    public void close() {
      CompletableFuture<?> unused = sessions.thenAccept(SessionFactory::close);
      pool.close();
    }
  }

  public HibernateDraftEventStore eventStore() {
    return eventStore;
  }

  public HibernateDraftCatalog catalog() {
    return catalog;
  }

  /** A place at the board where the servers of this database show their people; one a server. */
  public PresenceStore presenceStore() {
    return new PostgresPresenceStore(use);
  }

  /** Whether the database answers now; waits a few seconds at most. */
  public boolean isReachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException unreachable) {
      return false;
    }
  }

  /** Closes all connections; a second time does nothing. */
  @Override
  public void close() {
    sessions.close();
    pool.close();
  }

  /** What the driver is told for every connection. Parameters in the URL come before these. */
  static Properties driver(DatabaseSettings settings) {
    Properties driver = new Properties();
    driver.setProperty("user", settings.user());
    driver.setProperty("password", settings.password());
    driver.setProperty("ApplicationName", "ringdraft");
    driver.setProperty("connectTimeout", seconds(settings.connectTimeout()));
    driver.setProperty("loginTimeout", seconds(settings.connectTimeout()));
    driver.setProperty("socketTimeout", seconds(settings.socketTimeout()));
    driver.setProperty("tcpKeepAlive", "true");
    // Details quote the values of a row, and those are what people wrote.
    driver.setProperty("logServerErrorDetail", "false");
    return driver;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  private static void awaitAnswer(DatabaseSettings settings) {
    long deadline = System.nanoTime() + settings.startTimeout().toNanos();
    while (true) {
      try (Connection answered = DriverManager.getConnection(settings.url(), driver(settings))) {
        answered.isValid(1);
        return;
      } catch (SQLException refused) {
        if (!mayPass(refused) || System.nanoTime() > deadline) {
          throw new DatabaseRefusedException(settings, refused);
        }
      }
      pause(settings);
    }
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
      throw new DatabaseRefusedException(settings, interrupted);
    }
  }

  private static Epoch epoch(SessionFactory sessions) {
    return new Epoch(
        sessions.fromStatelessSession(
            session ->
                session
                    .createNativeQuery("select epoch from history", String.class)
                    .getSingleResult()));
  }

  private static void configure(HikariConfig pool, DatabaseSettings settings) {
    pool.setPoolName("ringdraft");
    pool.setJdbcUrl(settings.url());
    pool.setDataSourceProperties(driver(settings));
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setConnectionTimeout(settings.poolTimeout().toMillis());
    pool.setInitializationFailTimeout(-1);
  }

  /**
   * Keeps its own record, so that it can share a schema with others; and has its own connections,
   * with more patience than the pool's. Programs that start at once take turns: Flyway's own lock
   * does not cover its first look at the schema.
   */
  private static void migrate(DatabaseSettings settings) {
    PGSimpleDataSource connections = new PGSimpleDataSource();
    connections.setURL(settings.url());
    connections.setUser(settings.user());
    connections.setPassword(settings.password());
    connections.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toSeconds()));
    connections.setSocketTimeout(Math.toIntExact(MIGRATION_TIMEOUT.toSeconds()));
    try (Connection turn = connections.getConnection();
        Statement lock = turn.createStatement()) {
      lock.execute("select pg_advisory_lock(" + MIGRATION_LOCK + ")");
      migrate(connections);
    } catch (SQLException refused) {
      throw new DatabaseRefusedException(settings, refused);
    }
  }

  private static void migrate(DataSource connections) {
    Flyway.configure()
        .dataSource(connections)
        .locations(MIGRATIONS)
        .table(MIGRATIONS_DONE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** Asks no database what it is: the statements are PostgreSQL's, whichever version it has. */
  private static SessionFactory sessions(HikariDataSource pool) {
    return new HibernatePersistenceConfiguration("ringdraft")
        .managedClasses(DraftRow.class, MemberRow.class, EventRow.class)
        .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool)
        .property(AvailableSettings.ALLOW_METADATA_ON_BOOT, false)
        .property(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL")
        .property(AvailableSettings.LOG_JDBC_ERRORS, false)
        .createEntityManagerFactory();
  }
}
