package dev.ringdraft.persistence.connection;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema that holds the tables. Statements name it, so nothing depends on the state of a
 * connection, which a pooler may share between transactions.
 *
 * @param name 1 to 63 characters of {@code a-z 0-9 _}, not beginning with a digit; null for the
 *     first schema of the connection's search path
 */
public record Schema(@Nullable String name) {
  private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}+");
  private static final String PLACEHOLDER = "{schema}";

  public Schema {
    if (name != null && !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("a schema has 1..63 characters of a-z 0-9 _");
    }
  }

  /** The first schema of the connection's search path: {@code public} by default. */
  public static Schema ofSearchPath() {
    return new Schema(null);
  }

  /** The statement with each <code>{schema}</code> replaced by this schema. */
  public String in(String statement) {
    return statement.replace(PLACEHOLDER, name == null ? "" : name + ".");
  }
}
