package dev.ringdraft.persistence.transaction;

import java.sql.SQLException;

/** The database refused a statement of a {@link TransactionWork}; nothing was committed. */
public final class TransactionWorkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransactionWorkException(SQLException cause) {
    super(
        "a statement of the service failed with SQLSTATE %s; nothing was committed"
            .formatted(cause.getSQLState()),
        cause);
  }
}
