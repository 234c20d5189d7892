package dev.ringdraft.persistence.transaction;

import dev.ringdraft.eventstore.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Statements of the embedding service in the transaction of a commit. The events and these
 * statements are committed together or not at all.
 *
 * <p>It runs after the events were written and before they are committed. The other commands of the
 * draft wait for it, on this server and on others, so it must be short and call nothing remote. A
 * commit that must be tried again runs it again, on another connection: what it does outside of the
 * database is done twice. It does not run for a command that is refused, or repeated.
 */
@FunctionalInterface
public interface TransactionWork {
  /**
   * Executes the statements. What it throws undoes the events, too, and reaches the caller of the
   * command: a {@code RuntimeException} as it is, a {@code SQLException} as {@link
   * TransactionWorkException}, unless the database is not available. A failed statement undoes both
   * also when its exception is caught here.
   *
   * @param connection in the transaction; it must not commit, roll back or close it
   * @param events of the command, with their revisions
   */
  void write(Connection connection, List<RecordedEvent> events) throws SQLException;
}
