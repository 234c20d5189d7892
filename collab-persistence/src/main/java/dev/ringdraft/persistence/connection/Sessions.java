package dev.ringdraft.persistence.connection;

import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.outage.OutageLog;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.jdbc.Work;

/**
 * Sessions on pooled connections, each for one statement or a few. A statement commits by itself:
 * no transaction is opened, so none costs a round trip, except by {@link #writeInTransaction}. A
 * failure to get a connection has changed nothing; only a failure while the connection is used can
 * leave a commit in doubt.
 *
 * <p>With a {@link Deadline} no call waits past it: neither for a connection nor for an answer. A
 * connection whose answer did not come in time is closed. An outage of the database is logged when
 * it begins and when it is over. Safe for use by many threads.
 */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final Executor AT_ONCE = Runnable::run;
  private static final String READ_ONLY = "25006";

  /** Of a call that began on the timeline before; it is worth sending again, not trying again. */
  private static final String PROMOTED = "40001";

  private final ConnectionPool pool;
  private final SessionFactory factory;
  private final OutageLog outage;
  private final ConnectionCheck check;
  private final Deadline deadline;

  /** The one timeline to work on; 0 for any. */
  private final int timeline;

  public Sessions(ConnectionPool pool, SessionFactory factory) {
    this.pool = pool;
    this.factory = factory;
    this.outage = new OutageLog(LOG, "the database");
    this.check = new ConnectionCheck();
    this.deadline = Deadline.none();
    this.timeline = 0;
  }

  private Sessions(Sessions other, Deadline deadline) {
    this.pool = other.pool;
    this.factory = other.factory;
    this.outage = other.outage;
    this.check = other.check;
    this.deadline = deadline;
    this.timeline = other.timeline();
  }

  /**
   * The same sessions, bound to a deadline and to the timeline of now: after a promotion each call
   * fails.
   */
  public Sessions within(Deadline end) {
    return new Sessions(this, end);
  }

  /**
   * The timeline of PostgreSQL that is worked on: a revision that was read on one may be another
   * event on the next. 0 before the first connection.
   */
  public int timeline() {
    return timeline == 0 ? check.latest() : timeline;
  }

  /**
   * Reads; once more when the connection broke at once, as each of a pool does after the database
   * was started anew.
   */
  public <T> T read(Function<StatelessSession, T> reading) {
    return readDirectly(inSession(reading));
  }

  /** As {@link #read}, for a statement that is worth doing without a session. */
  public <T> T readDirectly(DirectWork<T> reading) {
    try {
      return on(reading, Sessions::readingFailed);
    } catch (StoreUnavailableException failed) {
      if (!(failed.getCause() instanceof SQLException error && isBroken(error))
          || deadline.isOver()) {
        throw failed;
      }
      return on(reading, Sessions::readingFailed);
    }
  }

  /** Writes once what may safely be written again; fails as a read does. */
  public void attempt(Work work) {
    boolean unused =
        on(
            connection -> {
              work.execute(connection);
              return true;
            },
            Sessions::readingFailed);
  }

  private static RuntimeException readingFailed(SQLException error) {
    return switch (Failure.of(error)) {
      case CONFLICT, UNAVAILABLE, IN_DOUBT ->
          new StoreUnavailableException("the database failed, " + FailureReason.of(error), error);
      case REFUSED -> refused(error);
    };
  }

  /** Whether a connection was found broken, rather than silent for too long or not to be had. */
  private static boolean isBroken(SQLException error) {
    return String.valueOf(error.getSQLState()).matches("08...|57P0.")
        && !(error instanceof SQLTransientConnectionException)
        && !(error.getCause() instanceof SocketTimeoutException);
  }

  /**
   * Writes with one statement.
   *
   * @throws WriteConflictException when it was undone because another commit came first
   * @throws CommitInDoubtException when it may have taken effect or not
   */
  public <T> T write(Function<StatelessSession, T> writing) {
    return writeDirectly(inSession(writing));
  }

  /** As {@link #write}, for a statement that is worth doing without a session. */
  public <T> T writeDirectly(DirectWork<T> writing) {
    return on(writing, Sessions::writingFailed);
  }

  /**
   * Writes with several statements in one transaction. It is undone if the work returns false, or
   * throws.
   *
   * @throws WriteConflictException as {@link #writeDirectly}
   * @throws CommitInDoubtException as {@link #writeDirectly}
   */
  public boolean writeInTransaction(DirectWork<Boolean> writing) {
    return on(connection -> inTransaction(connection, writing), Sessions::writingFailed);
  }

  private static boolean inTransaction(Connection connection, DirectWork<Boolean> writing)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      boolean written = writing.on(connection);
      if (written) {
        connection.commit();
        ConnectionCheck.refuseCancelledWait(connection.getWarnings());
      } else {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      return written;
    } catch (SQLException | RuntimeException failed) {
      undo(connection, failed);
      throw failed;
    }
  }

  private static void undo(Connection connection, Exception reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      // The server undoes the transaction of a connection that is gone.
      reason.addSuppressed(broken);
    }
  }

  private static RuntimeException writingFailed(SQLException error) {
    return switch (Failure.of(error)) {
      case CONFLICT -> new WriteConflictException(error);
      case UNAVAILABLE ->
          new StoreUnavailableException("writing failed, " + FailureReason.of(error), error);
      case REFUSED -> refused(error);
      case IN_DOUBT ->
          new CommitInDoubtException(
              "the answer to a commit was lost, " + FailureReason.of(error), error);
    };
  }

  /**
   * Executes a statement that commits by itself.
   *
   * @return how many rows it changed
   * @throws SQLException of a commit in doubt, too, when the wait for a standby was cancelled
   */
  public static int commit(PreparedStatement statement) throws SQLException {
    int rows = statement.executeUpdate();
    ConnectionCheck.refuseCancelledWait(statement.getWarnings());
    return rows;
  }

  /**
   * Waits until all that a connection shows is durable.
   *
   * @throws SQLException when that can't be known
   */
  public static void confirm(Connection connection) throws SQLException {
    ConnectionCheck.confirm(connection);
  }

  private <T> DirectWork<T> inSession(Function<StatelessSession, T> work) {
    return connection -> {
      try (StatelessSession session = factory.openStatelessSession(connection)) {
        return work.apply(session);
      } catch (JDBCException failed) {
        throw failed.getSQLException();
      }
    };
  }

  private <T> T on(DirectWork<T> work, Function<SQLException, RuntimeException> translation) {
    try {
      return onOne(work);
    } catch (SQLException failed) {
      if (READ_ONLY.equals(failed.getSQLState())) {
        // Nothing was done, and the pool has let go of the server that is no primary any more.
        try {
          return onOne(work);
        } catch (SQLException again) {
          throw translation.apply(again);
        }
      }
      throw translation.apply(failed);
    }
  }

  private <T> T onOne(DirectWork<T> work) throws SQLException {
    Connection connection = connection();
    try {
      T result = inTime(connection, work);
      outage.succeeded();
      return result;
    } catch (SQLException failed) {
      Failure failure = Failure.of(failed);
      if (failure == Failure.IN_DOUBT || READ_ONLY.equals(failed.getSQLState())) {
        // The fault that broke this connection has most likely broken the others.
        pool.evictAll().run();
      }
      if (failure == Failure.IN_DOUBT || failure == Failure.UNAVAILABLE) {
        outage.failed(FailureReason.of(failed));
      }
      throw failed;
    } finally {
      release(connection);
    }
  }

  private <T> T inTime(Connection connection, DirectWork<T> work) throws SQLException {
    if (deadline.isNone()) {
      return work.on(connection);
    }
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(AT_ONCE, milliseconds(deadline.remaining()));
    T result = work.on(connection);
    connection.setNetworkTimeout(AT_ONCE, before);
    return result;
  }

  private static int milliseconds(Duration remaining) {
    return Math.clamp(remaining.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** A connection that was checked. One that is found unusable is replaced once. */
  private Connection connection() {
    if (deadline.isOver()) {
      throw unavailable(new SQLTimeoutException("the deadline has passed", "57014"));
    }
    try {
      return checkedConnection();
    } catch (SQLException unusable) {
      if (!isReplaceable(unusable) || deadline.isOver()) {
        throw unavailable(unusable);
      }
    }
    try {
      return checkedConnection();
    } catch (SQLException unusable) {
      throw unavailable(unusable);
    }
  }

  private Connection checkedConnection() throws SQLException {
    Connection connection = pool.connection(deadline);
    boolean admitted = false;
    try {
      int latest = check.latest();
      int found = inTime(connection, check::admit);
      admitted = found == timeline();
      if (found > latest && latest > 0) {
        // The others lead to the server that was primary before.
        pool.evictAll().run();
      }
      if (!admitted) {
        throw new SQLException("another database server was promoted meanwhile", PROMOTED);
      }
      return connection;
    } finally {
      if (!admitted) {
        discard(connection);
      }
    }
  }

  private static boolean isReplaceable(SQLException unusable) {
    return isBroken(unusable) || READ_ONLY.equals(unusable.getSQLState());
  }

  private void discard(Connection connection) {
    pool.evictAll().run();
    try {
      connection.abort(AT_ONCE);
    } catch (SQLException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a connection could not be aborted", broken);
    }
    release(connection);
  }

  private StoreUnavailableException unavailable(SQLException none) {
    String reason = FailureReason.of(none);
    outage.failed(reason);
    return new StoreUnavailableException("no connection to the database, " + reason, none);
  }

  /** A failure here says nothing about the work that was done. */
  private static void release(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a connection could not be returned", broken);
    }
  }

  private static IllegalStateException refused(SQLException error) {
    return new IllegalStateException(
        "the database refused a statement, " + FailureReason.of(error), error);
  }

  /** A statement was undone because another commit came first. */
  public static final class WriteConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String UNIQUE_VIOLATION = "23505";

    WriteConflictException(SQLException cause) {
      super("another commit came first, " + FailureReason.of(cause), cause);
    }

    /** Whether a row with the same key exists, rather than a lock or a snapshot was lost. */
    public boolean isDuplicate() {
      return getCause() instanceof SQLException error
          && UNIQUE_VIOLATION.equals(error.getSQLState());
    }
  }

  /** Work on a connection of the pool. */
  @FunctionalInterface
  public interface DirectWork<T> {
    T on(Connection connection) throws SQLException;
  }
}
