package dev.ringdraft.persistence.connection;

import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.outage.OutageLog;
import java.net.SocketTimeoutException;
import java.sql.Connection;
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
 * no transaction is opened, so none costs a round trip. A failure to get a connection has changed
 * nothing; only a failure while the connection is used can leave a commit in doubt.
 *
 * <p>With a {@link Deadline} no call waits past it: neither for a connection nor for an answer. A
 * connection whose answer did not come in time is closed. An outage of the database is logged when
 * it begins and when it is over. Safe for use by many threads.
 */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final Executor AT_ONCE = Runnable::run;

  private final ConnectionPool pool;
  private final SessionFactory factory;
  private final OutageLog outage;
  private final Deadline deadline;

  public Sessions(ConnectionPool pool, SessionFactory factory) {
    this(pool, factory, new OutageLog(LOG, "the database"), Deadline.none());
  }

  private Sessions(
      ConnectionPool pool, SessionFactory factory, OutageLog outage, Deadline deadline) {
    this.pool = pool;
    this.factory = factory;
    this.outage = outage;
    this.deadline = deadline;
  }

  /** The same sessions, bound to a deadline. */
  public Sessions within(Deadline end) {
    return new Sessions(pool, factory, outage, end);
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
    Connection connection = connection();
    try {
      T result = inTime(connection, work);
      outage.succeeded();
      return result;
    } catch (SQLException failed) {
      Failure failure = Failure.of(failed);
      if (failure == Failure.IN_DOUBT) {
        // The fault that broke this connection has most likely broken the others.
        pool.evictAll().run();
      }
      if (failure == Failure.IN_DOUBT || failure == Failure.UNAVAILABLE) {
        outage.failed(FailureReason.of(failed));
      }
      throw translation.apply(failed);
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

  private Connection connection() {
    if (deadline.isOver()) {
      throw unavailable(new SQLTimeoutException("the deadline has passed", "57014"));
    }
    try {
      return pool.connection(deadline);
    } catch (SQLException none) {
      throw unavailable(none);
    }
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
