package dev.ringdraft.persistence;

import dev.ringdraft.persistence.connection.FailureReason;

/**
 * The database can't be used: it does not answer, refuses the user, lacks a property that the store
 * needs, or can't be migrated. The message is one line for an operator, without secrets.
 */
public final class DatabaseRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseRefusedException(String address, Throwable cause) {
    super("the database at %s refuses: %s".formatted(address, FailureReason.of(cause)), cause);
  }

  DatabaseRefusedException(String address, String reason) {
    super("the database at %s can't be used: %s".formatted(address, reason));
  }
}
