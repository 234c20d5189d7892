package dev.ringdraft.persistence;

import dev.ringdraft.persistence.connection.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Looks at start-up whether a server has what the store needs. Nothing depends on the server's or
 * the session's time zone: instants are sent with their offset.
 */
final class ServerCheck {
  /** The oldest version that the tests run on. */
  private static final int OLDEST_VERSION = 15;

  private static final String PROPERTIES =
      """
      select
        current_setting('server_version_num')::integer / 10000,
        current_setting('server_encoding'),
        current_setting('standard_conforming_strings'),
        current_setting('transaction_read_only'),
        current_setting('synchronous_commit')
      """;

  private static final String MISSING_PRIVILEGE =
      """
      select lower(p.privilege) || ' on ' || p.relation
      from unnest(cast(? as text[]), cast(? as text[])) with ordinality
        as p (relation, privilege, place)
      where not has_table_privilege(p.relation, p.privilege)
      order by p.place
      limit 1
      """;

  private static final List<Privilege> PRIVILEGES =
      Stream.of(
              Privilege.all("history", "select"),
              Privilege.all("draft", "select", "insert", "update"),
              Privilege.all("draft_member", "select", "insert", "delete"),
              Privilege.all("draft_event", "select", "insert"),
              Privilege.all("turn_watch", "select", "insert", "update"),
              Privilege.all("presence_server", "select", "insert", "update", "delete"),
              Privilege.all("presence", "select", "insert", "update", "delete"))
          .flatMap(List::stream)
          .toList();

  private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());

  private ServerCheck() {}

  /** The reason why this server can't carry the store, and what to change; null if it can. */
  static @Nullable String problem(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PROPERTIES)) {
      row.next();
      int version = row.getInt(1);
      if (version < OLDEST_VERSION) {
        return "PostgreSQL %d (expected: %d or newer)".formatted(version, OLDEST_VERSION);
      }
      String encoding = row.getString(2);
      if (!"UTF8".equals(encoding)) {
        return ("its encoding is %s (expected: UTF8); create another database with encoding 'UTF8'"
                + " template template0")
            .formatted(encoding);
      }
      if (!"on".equals(row.getString(3))) {
        return "standard_conforming_strings is off (expected: on); reset it for database and user";
      }
      if ("on".equals(row.getString(4))) {
        return "it is read-only; name the primary, or add targetServerType=primary to the URL";
      }
      if ("off".equals(row.getString(5))) {
        LOG.log(
            System.Logger.Level.WARNING,
            "synchronous_commit is off: a crash of the database may lose acknowledged commits");
      }
      return null;
    }
  }

  /** The first privilege that the user lacks on the tables; null when none is missing. */
  static @Nullable String missingPrivilege(Connection connection, Schema schema)
      throws SQLException {
    String[] relations =
        PRIVILEGES.stream().map(p -> schema.in("{schema}" + p.relation)).toArray(String[]::new);
    String[] privileges = PRIVILEGES.stream().map(Privilege::name).toArray(String[]::new);
    try (PreparedStatement statement = connection.prepareStatement(MISSING_PRIVILEGE)) {
      statement.setArray(1, connection.createArrayOf("text", relations));
      statement.setArray(2, connection.createArrayOf("text", privileges));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /**
   * Whether a pooler such as PgBouncer is between driver and server: it hands out process ids of
   * its own.
   */
  static boolean isPooled(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class)) {
      return false;
    }
    int promised = connection.unwrap(PGConnection.class).getBackendPID();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1) != promised;
    }
  }

  /** Whether the driver may name prepared statements on this connection. */
  static boolean namesStatements(Connection connection) throws SQLException {
    return connection.isWrapperFor(PGConnection.class)
        && connection.unwrap(PGConnection.class).getPrepareThreshold() != 0;
  }

  private record Privilege(String relation, String name) {
    static List<Privilege> all(String relation, String... names) {
      return Stream.of(names).map(name -> new Privilege(relation, name)).toList();
    }
  }
}
