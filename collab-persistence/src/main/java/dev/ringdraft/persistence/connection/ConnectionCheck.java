package dev.ringdraft.persistence.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Looks at each connection to PostgreSQL once, before its first use, so that a failover shows
 * nothing that it has lost.
 *
 * <p>A server that was started again shows commits that no standby has confirmed. The check makes a
 * small commit of its own: when it is acknowledged, all that is older in the write-ahead log is as
 * durable as {@code synchronous_commit} asks for, and a connection shows nothing before that.
 *
 * <p>A promotion begins another timeline of PostgreSQL, in which the last commits of the earlier
 * one may be missing. The check reads the timeline; a connection of an earlier one than the latest
 * that was seen leads to a server that is out of date, and is refused.
 *
 * <p>Behind a pooler a connection may change its server without a sign, so these two are known of
 * its first server alone. Safe for use by many threads.
 */
final class ConnectionCheck {
  private static final System.Logger LOG = System.getLogger(ConnectionCheck.class.getName());

  /** 0 on a standby. A promotion shows here at once, in the control file only later. */
  private static final String TIMELINE =
      """
      select case when pg_is_in_recovery() then 0 else
        ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end
      """;

  /** The message is logged in a transaction, so that it is acknowledged like any commit. */
  private static final String LOG_RECORD = "select pg_logical_emit_message(true, 'ringdraft', '')";

  /** Of connections as the driver knows them, below any pool. */
  private final Map<PGConnection, Integer> timelines =
      Collections.synchronizedMap(new WeakHashMap<>());

  private volatile int latest;

  /** The latest timeline that was seen; 0 before the first connection. */
  int latest() {
    return latest;
  }

  /**
   * The timeline of a connection, which is checked if it is new.
   *
   * @throws SQLException when it can't be used: it is broken, its server is a standby or is out of
   *     date, or no standby confirms what it shows
   */
  int admit(Connection connection) throws SQLException {
    PGConnection physical =
        connection.isWrapperFor(PGConnection.class) ? connection.unwrap(PGConnection.class) : null;
    Integer known = physical == null ? null : timelines.get(physical);
    int timeline = known == null ? timeline(connection) : known;
    if (timeline < latest) {
      throw new SQLException(
          "the database server is on timeline %d, behind %d".formatted(timeline, latest), "57P04");
    }
    if (known == null) {
      confirm(connection);
      seen(timeline);
    }
    if (physical != null && known == null) {
      timelines.put(physical, timeline);
    }
    return timeline;
  }

  private static int timeline(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TIMELINE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      int timeline = row.getInt(1);
      if (timeline == 0) {
        throw new SQLException("the database server is a standby", "25006");
      }
      return timeline;
    }
  }

  private synchronized void seen(int timeline) {
    if (timeline > latest) {
      if (latest > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "another database server was promoted: timeline {0} follows {1}; open drafts are read"
                + " again",
            timeline,
            latest);
      }
      latest = timeline;
    }
  }

  /**
   * Waits until all that the connection shows is durable.
   *
   * @throws SQLException when no standby confirms it in time
   */
  static void confirm(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOG_RECORD)) {
      statement.executeQuery().close();
      refuseCancelledWait(statement.getWarnings());
    }
  }

  /**
   * A commit whose wait for the standby was cancelled is answered with a warning, as if it were
   * durable.
   *
   * @throws SQLException of a commit in doubt
   */
  static void refuseCancelledWait(@Nullable SQLWarning warning) throws SQLException {
    if (warning != null) {
      throw new SQLException(
          "the wait for a standby was cancelled: " + warning.getMessage(), "40003");
    }
  }
}
