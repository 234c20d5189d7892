package dev.ringdraft.persistence.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Parameters {
  private final PreparedStatement statement;
  private int set;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters add(long value) throws SQLException {
    set++;
    statement.setLong(set, value);
    return this;
  }

  Parameters add(int value) throws SQLException {
    set++;
    statement.setInt(set, value);
    return this;
  }

  Parameters add(boolean value) throws SQLException {
    set++;
    statement.setBoolean(set, value);
    return this;
  }

  Parameters add(@Nullable String value) throws SQLException {
    set++;
    statement.setString(set, value);
    return this;
  }

  Parameters add(String[] values) throws SQLException {
    set++;
    statement.setArray(set, statement.getConnection().createArrayOf("text", values));
    return this;
  }

  Parameters add(@Nullable Instant value) throws SQLException {
    set++;
    statement.setObject(set, value == null ? null : value.atOffset(ZoneOffset.UTC));
    return this;
  }
}
