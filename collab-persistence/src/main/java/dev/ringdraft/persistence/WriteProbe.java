package dev.ringdraft.persistence;

import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.persistence.connection.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a commit would succeed, without a table of its own, a grant or a row left
 * behind for vacuum. Safe for use by many threads.
 *
 * <ul>
 *   <li>{@code transaction_read_only} shows standbys and databases that were set read-only.
 *   <li>A count of more rows than {@code work_mem} holds writes a temporary file of 400 kB beside
 *       the data. A full disk fails it with 53100, as it fails a table that grows. An update of a
 *       row would not: it finds space in its page, and the log has segments in reserve.
 *   <li>{@code pg_logical_emit_message} writes a record to the log, so that the commit waits for
 *       disk and standby as that of an event does. Nothing reads the record.
 * </ul>
 */
final class WriteProbe {
  private static final System.Logger LOG = System.getLogger(WriteProbe.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String READ_ONLY = "select current_setting('transaction_read_only')";
  private static final String SMALL_MEMORY = "set local work_mem = '64kB'";
  private static final String FILL = "select count(*) from generate_series(1, 20000)";
  private static final String LOG_RECORD =
      "select pg_logical_emit_message(true, 'ringdraft', 'probe')";

  private final Sessions sessions;

  WriteProbe(Sessions sessions) {
    this.sessions = sessions;
  }

  DatabaseState state() {
    try {
      sessions.within(Deadline.after(PATIENCE)).attempt(WriteProbe::write);
      return DatabaseState.WRITABLE;
    } catch (StoreUnavailableException unavailable) {
      return stateOf(unavailable.getCause() instanceof SQLException error ? error : null);
    }
  }

  private static DatabaseState stateOf(@Nullable SQLException error) {
    return switch (String.valueOf(error == null ? null : error.getSQLState())) {
      case "25006" -> DatabaseState.READ_ONLY;
      case "53100" -> DatabaseState.DISK_FULL;
      default -> DatabaseState.UNREACHABLE;
    };
  }

  private static void write(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (first(statement, READ_ONLY).equals("on")) {
        throw new SQLException("transaction_read_only is on", "25006");
      }
      statement.execute(SMALL_MEMORY);
      statement.execute(FILL);
      statement.execute(LOG_RECORD);
      connection.commit();
    } finally {
      end(connection);
    }
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  /** On a connection that broke this fails as well, and the first failure counts. */
  private static void end(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a probe could not be rolled back", broken);
    }
  }
}
