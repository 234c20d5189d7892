package dev.ringdraft.persistence;

import dev.ringdraft.persistence.connection.PoolMetrics;
import dev.ringdraft.persistence.connection.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Address of a PostgreSQL database, size of the pool, and timeouts. Immutable; made by {@link
 * #builder}.
 */
public final class DatabaseSettings {
  /** Pool size for a server of a few cores. */
  public static final int DEFAULT_POOL_SIZE = 10;

  private static final String SCHEME = "jdbc:postgresql:";
  private static final String PREPARE_THRESHOLD = "prepareThreshold";

  private final String url;
  private final String user;
  private final String password;
  private final Schema schema;
  private final int poolSize;
  private final Duration connectTimeout;
  private final Duration socketTimeout;
  private final Duration poolTimeout;
  private final Duration startTimeout;
  private final Duration migrationTimeout;
  private final PoolMetrics poolMetrics;

  private DatabaseSettings(Builder builder) {
    url = builder.url;
    user = builder.user;
    password = builder.password;
    schema = builder.schema;
    poolSize = builder.poolSize;
    connectTimeout = positive("connectTimeout", builder.connectTimeout);
    socketTimeout = positive("socketTimeout", builder.socketTimeout);
    poolTimeout = positive("poolTimeout", builder.poolTimeout);
    startTimeout = positive("startTimeout", builder.startTimeout);
    migrationTimeout = positive("migrationTimeout", builder.migrationTimeout);
    poolMetrics = builder.poolMetrics;
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("database.url: expected jdbc:postgresql://host:port/name");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException(
          "database.pool.size: %d (expected: 1 or more)".formatted(poolSize));
    }
  }

  /**
   * Settings with default timeouts.
   *
   * @param url {@code jdbc:postgresql://host:port/name}; parameters may follow
   * @param poolSize most connections to keep, 1 or more
   */
  public static DatabaseSettings of(String url, String user, String password, int poolSize) {
    return builder(url).credentials(user, password).poolSize(poolSize).build();
  }

  /**
   * Begins with the defaults.
   *
   * @param url {@code jdbc:postgresql://host:port/name}; parameters may follow, and win over what
   *     the builder sets
   */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** A builder that begins with these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder(url).credentials(user, password).poolSize(poolSize);
    builder.schema = schema;
    return builder
        .connectTimeout(connectTimeout)
        .socketTimeout(socketTimeout)
        .poolTimeout(poolTimeout)
        .startTimeout(startTimeout)
        .migrationTimeout(migrationTimeout)
        .poolMetrics(poolMetrics);
  }

  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  /** Kept out of {@link #toString}. */
  public String password() {
    return password;
  }

  public int poolSize() {
    return poolSize;
  }

  Schema schema() {
    return schema;
  }

  Duration poolTimeout() {
    return poolTimeout;
  }

  Duration startTimeout() {
    return startTimeout;
  }

  Duration migrationTimeout() {
    return migrationTimeout;
  }

  PoolMetrics poolMetrics() {
    return poolMetrics;
  }

  /** The address without parameters, which may hold secrets: for people and logs. */
  public String address() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  /** A new connection, outside any pool. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, driver());
  }

  /** Properties of every connection. Parameters in the URL win over these. */
  Properties driver() {
    Properties driver = new Properties();
    driver.setProperty("user", user);
    driver.setProperty("password", password);
    driver.setProperty("ApplicationName", "ringdraft");
    driver.setProperty("connectTimeout", seconds(connectTimeout));
    driver.setProperty("loginTimeout", seconds(connectTimeout));
    driver.setProperty("socketTimeout", seconds(socketTimeout));
    driver.setProperty("tcpKeepAlive", "true");
    // Details quote the values of a row, which hold the text of a draft.
    driver.setProperty("logServerErrorDetail", "false");
    return driver;
  }

  /**
   * The same properties for a pooler that gives each transaction another server connection: the
   * driver names no prepared statement, because the next transaction may not find it.
   */
  Properties driverThroughPooler() {
    Properties driver = driver();
    driver.setProperty(PREPARE_THRESHOLD, "0");
    return driver;
  }

  /** Whether the URL says how to prepare statements. */
  boolean saysHowToPrepare() {
    return url.contains(PREPARE_THRESHOLD + "=");
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "DatabaseSettings[%s, user %s, %d connections]", address(), user, poolSize);
  }

  private static Duration positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, value));
    }
    return value;
  }

  /** Collects settings. For one thread. */
  public static final class Builder {
    private final String url;
    private String user = "";
    private String password = "";
    private Schema schema = Schema.ofSearchPath();
    private int poolSize = DEFAULT_POOL_SIZE;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration socketTimeout = Duration.ofSeconds(10);
    private Duration poolTimeout = Duration.ofSeconds(3);
    private Duration startTimeout = Duration.ofSeconds(15);
    private Duration migrationTimeout = Duration.ofMinutes(5);
    private PoolMetrics poolMetrics = PoolMetrics.disabled();

    private Builder(String url) {
      this.url = url;
    }

    public Builder credentials(String user, String password) {
      this.user = user;
      this.password = password;
      return this;
    }

    /**
     * Keeps the tables in a schema of this name, which is created if it is missing. By default they
     * are in the first schema of the search path.
     *
     * @param name 1 to 63 characters of {@code a-z 0-9 _}; null for the default
     */
    public Builder schema(@Nullable String name) {
      this.schema = new Schema(name);
      return this;
    }

    /** Most connections to keep: 1 or more, {@value #DEFAULT_POOL_SIZE} by default. */
    public Builder poolSize(int connections) {
      this.poolSize = connections;
      return this;
    }

    /** Time to open one connection: 5 s by default. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /** Time until the answer to one statement; then the connection is closed. 10 s by default. */
    public Builder socketTimeout(Duration timeout) {
      this.socketTimeout = timeout;
      return this;
    }

    /** Time to wait for a free connection of the pool: 3 s by default. */
    public Builder poolTimeout(Duration timeout) {
      this.poolTimeout = timeout;
      return this;
    }

    /** Time to wait for a server that does not answer yet while the program starts: 15 s. */
    public Builder startTimeout(Duration timeout) {
      this.startTimeout = timeout;
      return this;
    }

    /** Time to wait for another program that migrates, and for one's own migration: 5 min. */
    public Builder migrationTimeout(Duration timeout) {
      this.migrationTimeout = timeout;
      return this;
    }

    /** Counts waits for a connection of the pool; nothing by default. */
    public Builder poolMetrics(PoolMetrics metrics) {
      this.poolMetrics = metrics;
      return this;
    }

    public DatabaseSettings build() {
      return new DatabaseSettings(this);
    }
  }
}
