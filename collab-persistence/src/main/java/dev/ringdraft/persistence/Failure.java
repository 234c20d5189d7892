package dev.ringdraft.persistence;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed statement tells about whether it took effect. Each statement is a transaction of
 * its own, so an error that the server reports while it carries one out has undone it. Only when
 * the server did not get to say so, or was ending itself, is the outcome open.
 *
 * <table>
 * <caption>By SQLSTATE</caption>
 * <tr><td>40001, 40P01, 23505</td><td>{@code CONFLICT}: undone, somebody else was quicker</td></tr>
 * <tr><td>53…, 55…, 57014, 25006</td>
 *     <td>{@code UNAVAILABLE}: undone, the server has no capacity, cancelled it, or only reads</td>
 * </tr>
 * <tr><td>0A…, 22…, 23…, 26…, 42…</td>
 *     <td>{@code REFUSED}: undone, and would be each time: a fault of ours or of the data</td></tr>
 * <tr><td>all else: 08…, 40003, 57P…, 58…, XX…, none</td>
 *     <td>{@code IN_DOUBT}: the connection broke, or the server was going down; 57P01 also comes
 *     after a commit that waited for a standby</td></tr>
 * </table>
 */
enum Failure {
  CONFLICT,
  UNAVAILABLE,
  REFUSED,
  IN_DOUBT;

  static Failure of(SQLException error) {
    return of(error.getSQLState());
  }

  static Failure of(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return IN_DOUBT;
    }
    return switch (state) {
      case "40001", "40P01", "23505" -> CONFLICT;
      case "57014", "25006" -> UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "53", "55" -> UNAVAILABLE;
            case "0A", "22", "23", "26", "42" -> REFUSED;
            default -> IN_DOUBT;
          };
    };
  }
}
