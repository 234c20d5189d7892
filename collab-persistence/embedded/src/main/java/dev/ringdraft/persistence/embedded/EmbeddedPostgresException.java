package dev.ringdraft.persistence.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL can't run. The message is one line for the person at the console: what is
 * wrong, and what helps.
 */
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedPostgresException(String message) {
    this(message, null);
  }

  EmbeddedPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
