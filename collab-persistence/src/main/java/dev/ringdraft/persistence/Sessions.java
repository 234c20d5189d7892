package dev.ringdraft.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.StoreUnavailableException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.jdbc.Work;
import org.postgresql.util.PSQLException;

/**
 * Sessions on pooled connections, each for a statement or a few. Statements commit by themselves:
 * there is no transaction around them, so none costs a round trip of its own. Getting a connection
 * and using it are apart, because only what fails in use can be in doubt.
 */
final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  private final HikariDataSource pool;
  private final SessionFactory factory;

  Sessions(HikariDataSource pool, SessionFactory factory) {
    this.pool = pool;
    this.factory = factory;
  }

  /**
   * Reads; once more when the connection broke at once, as each of a pool does after the database
   * was started anew.
   */
  <T> T read(Function<StatelessSession, T> reading) {
    return readDirectly(inSession(reading));
  }

  /** As {@link #read}, for a statement that is worth doing without a session. */
  <T> T readDirectly(DirectWork<T> reading) {
    try {
      return on(reading, Sessions::readingFailed);
    } catch (StoreUnavailableException failed) {
      if (!(failed.getCause() instanceof SQLException error && isBroken(error))) {
        throw failed;
      }
      return on(reading, Sessions::readingFailed);
    }
  }

  /** Does by hand what may be done again, but does it once; fails as reading does. */
  void attempt(Work work) {
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
          new StoreUnavailableException("the database failed, " + describe(error), error);
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
   * @throws WriteConflictException when it was undone because somebody else was quicker
   * @throws CommitInDoubtException when it may have taken effect or not
   */
  <T> T write(Function<StatelessSession, T> writing) {
    return writeDirectly(inSession(writing));
  }

  /** As {@link #write}, for a statement that is worth doing without a session. */
  <T> T writeDirectly(DirectWork<T> writing) {
    return on(writing, Sessions::writingFailed);
  }

  private static RuntimeException writingFailed(SQLException error) {
    return switch (Failure.of(error)) {
      case CONFLICT -> new WriteConflictException(error);
      case UNAVAILABLE ->
          new StoreUnavailableException("writing failed, " + describe(error), error);
      case REFUSED -> refused(error);
      case IN_DOUBT ->
          new CommitInDoubtException("the answer to a commit was lost, " + describe(error), error);
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
      return work.on(connection);
    } catch (SQLException failed) {
      if (Failure.of(failed) == Failure.IN_DOUBT) {
        // What broke this connection has most likely broken the others.
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      throw translation.apply(failed);
    } finally {
      giveBack(connection);
    }
  }

  private Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException none) {
      throw new StoreUnavailableException("no connection to the database", none);
    }
  }

  /** What goes wrong here says nothing about the work that was done. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a connection could not be given back", broken);
    }
  }

  private static IllegalStateException refused(SQLException error) {
    return new IllegalStateException("the database refused a statement, " + describe(error), error);
  }

  private static String describe(SQLException error) {
    return "SQLSTATE " + error.getSQLState();
  }

  /** A statement was undone because another came first. */
  static final class WriteConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WriteConflictException(SQLException cause) {
      super("another commit came first, " + describe(cause), cause);
    }

    /** Whether it was outrun by a row that is unique by this constraint. */
    boolean violates(String constraint) {
      return getCause() instanceof PSQLException error
          && error.getServerErrorMessage() != null
          && constraint.equals(error.getServerErrorMessage().getConstraint());
    }
  }

  /** What is done with a connection of the pool. */
  @FunctionalInterface
  interface DirectWork<T> {
    T on(Connection connection) throws SQLException;
  }
}
