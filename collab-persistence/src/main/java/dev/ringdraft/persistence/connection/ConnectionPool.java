package dev.ringdraft.persistence.connection;

import dev.ringdraft.eventstore.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The connections that a store works on. Safe for use by many threads.
 *
 * @param source gives connections in auto-commit mode
 * @param patience how long to ask again while the source has none; zero to ask once
 * @param evictAll closes idle connections and marks the others to be closed after use
 * @param metrics hears how long callers waited
 */
public record ConnectionPool(
    DataSource source, Duration patience, Runnable evictAll, PoolMetrics metrics) {
  /** Connections of the embedding service, which keeps its own pool in order. */
  public static ConnectionPool of(DataSource source) {
    return new ConnectionPool(source, Duration.ZERO, () -> {}, PoolMetrics.disabled());
  }

  /**
   * A connection, within the time that the pool and the deadline allow.
   *
   * @throws SQLTransientConnectionException when none became free in time
   */
  Connection connection(Deadline deadline) throws SQLException {
    long begun = System.nanoTime();
    try {
      Connection connection = connection(Deadline.after(patience), deadline);
      metrics.acquired(System.nanoTime() - begun);
      return connection;
    } catch (SQLException none) {
      metrics.failed();
      throw none;
    }
  }

  private Connection connection(Deadline end, Deadline deadline) throws SQLException {
    while (true) {
      try {
        return source.getConnection();
      } catch (SQLTransientConnectionException none) {
        if (end.isOver() || deadline.isOver()) {
          throw none;
        }
      }
    }
  }
}
