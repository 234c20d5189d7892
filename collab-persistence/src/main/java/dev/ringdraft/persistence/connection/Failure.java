package dev.ringdraft.persistence.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed statement took effect. Each statement is a transaction of its own, so an error
 * that the server reports while it carries one out has undone it. The outcome is open only when the
 * server could not report it, or was shutting down.
 *
 * <table>
 * <caption>By SQLSTATE</caption>
 * <tr><td>40001, 40P01, 23505</td><td>{@code CONFLICT}: undone, another commit came first</td></tr>
 * <tr><td>53…, 55…, 57014, 25006</td>
 *     <td>{@code UNAVAILABLE}: undone: the server has no capacity, cancelled it, or is read-only</td>
 * </tr>
 * <tr><td>0A…, 22…, 23…, 26…, 42…, 25P02</td>
 *     <td>{@code REFUSED}: undone, and would be each time: a fault of ours or of the data</td></tr>
 * <tr><td>all else: 08…, 40003, 57P…, 58…, XX…, none</td>
 *     <td>{@code IN_DOUBT}: the connection broke, or the server was going down; 57P01 also comes
 *     after a commit that waited for a standby</td></tr>
 * </table>
 */
public enum Failure {
  CONFLICT,
  UNAVAILABLE,
  REFUSED,
  IN_DOUBT;

  public static Failure of(SQLException error) {
    return of(error.getSQLState());
  }

  public static Failure of(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return IN_DOUBT;
    }
    return switch (state) {
      case "40001", "40P01", "23505" -> CONFLICT;
      case "57014", "25006" -> UNAVAILABLE;
      case "25P02" -> REFUSED;
      default ->
          switch (state.substring(0, 2)) {
            case "53", "55" -> UNAVAILABLE;
            case "0A", "22", "23", "26", "42" -> REFUSED;
            default -> IN_DOUBT;
          };
    };
  }
}
