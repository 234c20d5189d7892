package dev.ringdraft.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.ringdraft.persistence.connection.ConnectionPool;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** A pool of HikariCP. The one class that needs it. */
final class OwnPool implements AutoCloseable {
  /**
   * The pool's own wait for a connection. It is short, so that the callers, who ask again, keep
   * their deadlines to within it.
   */
  private static final Duration STEP = Duration.ofMillis(500);

  private final HikariDataSource pool = new HikariDataSource();

  DataSource source() {
    return pool;
  }

  void start(DatabaseSettings settings, Properties driver) {
    pool.setPoolName("ringdraft");
    pool.setJdbcUrl(settings.url());
    pool.setDataSourceProperties(driver);
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setConnectionTimeout(STEP.toMillis());
    pool.setValidationTimeout(STEP.toMillis());
    pool.setInitializationFailTimeout(-1);
  }

  ConnectionPool connections(DatabaseSettings settings) {
    return new ConnectionPool(
        pool,
        settings.poolTimeout(),
        () -> pool.getHikariPoolMXBean().softEvictConnections(),
        settings.poolMetrics());
  }

  /** How it is used now. Locks nothing. */
  PoolUsage usage() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return now == null
        ? new PoolUsage(0, 0, 0, pool.getMaximumPoolSize())
        : new PoolUsage(
            now.getActiveConnections(),
            now.getIdleConnections(),
            now.getThreadsAwaitingConnection(),
            pool.getMaximumPoolSize());
  }

  @Override
  public void close() {
    pool.close();
  }
}
