package dev.ringdraft.persistence.connection;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The cause of a failed statement or connection in one line for an operator: SQLSTATE, message, the
 * network's own reason, and the configuration key to change. It contains no value of a row: of the
 * SQLSTATE classes whose messages quote values (22, P0) only the code is named.
 */
public final class FailureReason {
  private FailureReason() {}

  /** The reason of a failure, which may wrap the database's own. */
  public static String of(Throwable failure) {
    SQLException error = deepest(failure);
    if (error == null) {
      return text(failure);
    }
    String root = text(root(error));
    return Stream.of(
            "SQLSTATE " + error.getSQLState(),
            message(error),
            text(error).contains(root) ? null : root,
            key(error.getSQLState()))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  /** The innermost: pools and migrations wrap the driver's exception in their own. */
  private static @Nullable SQLException deepest(Throwable failure) {
    SQLException found = null;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException error && (found == null || error.getSQLState() != null)) {
        found = error;
      }
    }
    return found;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static @Nullable String message(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    if (state.startsWith("22") || state.startsWith("P0")) {
      return null;
    }
    ServerErrorMessage server =
        error instanceof PSQLException fromDriver ? fromDriver.getServerErrorMessage() : null;
    String message = server == null ? error.getMessage() : server.getMessage();
    return message == null ? null : firstLine(message);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name;
    }
    return failure instanceof SQLException ? firstLine(message) : name + " " + firstLine(message);
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("").strip();
  }

  /** The key of the configuration to look at; null where none helps. */
  private static @Nullable String key(@Nullable String state) {
    return switch (String.valueOf(state)) {
      case "28000", "28P01" -> "see database.user and database.password";
      case "3D000", "08001", "08004" -> "see database.url";
      case "53300" -> "see database.pool.size and max_connections of PostgreSQL";
      case "53100" -> "the disk of PostgreSQL is full";
      case "25006" -> "the database is read-only";
      default -> null;
    };
  }
}
