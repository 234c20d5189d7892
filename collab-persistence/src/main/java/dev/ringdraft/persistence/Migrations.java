package dev.ringdraft.persistence;

import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.persistence.connection.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the schema up to date, or checks that it is. Flyway's record has a table of its own, so
 * the tables can share a schema with others. Programs that start at once take turns: Flyway's own
 * lock does not cover its first look at the schema. The wait for a turn is bounded and logged.
 */
final class Migrations {
  private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
  private static final String LOCATION = "classpath:dev/ringdraft/persistence/migration";
  private static final String RECORD = "ringdraft_migration";

  /** The version that the last migration leads to. */
  static final int LATEST = 5;

  /** Asks Flyway's record without Flyway, whose own look takes a fifth of a start. */
  private static final String IS_LATEST =
      """
      select count(*) = %1$d and max(version::integer) = %1$d and bool_and(success)
      from {schema}%2$s where type = 'SQL'
      """
          .formatted(LATEST, RECORD);

  /** A number that others are unlikely to lock: "ringdrft" as bytes. */
  private static final long LOCK = 0x72696e6764726674L;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration BETWEEN_LOG_LINES = Duration.ofSeconds(10);

  private static final String HOLDER =
      """
      select 'process ' || l.pid || ' (' || coalesce(a.application_name, '') || ')'
      from pg_locks l left join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and (l.classid::bigint << 32) | l.objid::bigint = %d
        and l.database = (select oid from pg_database where datname = current_database())
      """
          .formatted(LOCK);

  private final DataSource connections;
  private final Schema schema;

  Migrations(DataSource connections, Schema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  /**
   * Applies the migrations that are missing.
   *
   * @param timeout for the turn
   * @throws LockedException when another program kept the turn for longer
   * @throws NewerSchemaException when a newer program has migrated it; then nothing is changed
   */
  void migrate(Duration timeout) throws SQLException {
    try (Connection turn = connections.getConnection()) {
      turn.setAutoCommit(false);
      try {
        awaitTurn(turn, timeout);
        if (isLatest(turn)) {
          return;
        }
        Flyway flyway = flyway();
        refuseNewerSchema(flyway);
        flyway.migrate();
      } finally {
        turn.rollback();
        turn.setAutoCommit(true);
      }
    }
  }

  /**
   * Whether all migrations have been applied. Changes nothing.
   *
   * @throws NewerSchemaException when a newer program has migrated it
   */
  boolean isUpToDate() throws SQLException {
    try (Connection connection = connections.getConnection()) {
      if (isLatest(connection)) {
        return true;
      }
    }
    Flyway flyway = flyway();
    refuseNewerSchema(flyway);
    return flyway.info().pending().length == 0;
  }

  private boolean isLatest(Connection connection) throws SQLException {
    try (PreparedStatement exists =
            connection.prepareStatement("select to_regclass(?) is not null");
        Statement statement = connection.createStatement()) {
      exists.setString(1, schema.in("{schema}" + RECORD));
      try (ResultSet row = exists.executeQuery()) {
        if (!row.next() || !row.getBoolean(1)) {
          return false;
        }
      }
      return first(statement, schema.in(IS_LATEST)).equals("t");
    }
  }

  /** Flyway by itself ignores migrations that it does not know. */
  private static void refuseNewerSchema(Flyway flyway) throws NewerSchemaException {
    MigrationInfo present = flyway.info().current();
    if (present != null && present.getState() == MigrationState.FUTURE_SUCCESS) {
      MigrationInfo newest =
          Arrays.stream(flyway.info().all())
              .filter(each -> each.getState() != MigrationState.FUTURE_SUCCESS)
              .reduce(present, (earlier, later) -> later);
      throw new NewerSchemaException(text(present), text(newest));
    }
  }

  private static String text(MigrationInfo migration) {
    return String.valueOf(migration.getVersion());
  }

  /**
   * Takes a lock of the transaction, not of the session, because a pooler may give the session's
   * next transaction another server connection.
   */
  private static void awaitTurn(Connection turn, Duration timeout) throws SQLException {
    Deadline end = Deadline.after(timeout);
    Deadline silence = Deadline.after(Duration.ZERO);
    try (Statement statement = turn.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      while (!first(statement, "select pg_try_advisory_xact_lock(" + LOCK + ")").equals("t")) {
        if (end.isOver()) {
          throw new LockedException(first(statement, HOLDER));
        }
        if (silence.isOver()) {
          silence = Deadline.after(BETWEEN_LOG_LINES);
          LOG.log(
              System.Logger.Level.INFO,
              "waits for another program that migrates the database: {0}",
              first(statement, HOLDER));
        }
        pause();
      }
    }
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "unknown";
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting to migrate", interrupted);
    }
  }

  private Flyway flyway() {
    FluentConfiguration flyway =
        Flyway.configure()
            .dataSource(connections)
            .locations(LOCATION)
            .table(RECORD)
            .baselineOnMigrate(true)
            .baselineVersion("0");
    return (schema.name() == null ? flyway : flyway.defaultSchema(schema.name())).load();
  }

  /** A newer program has migrated the schema. */
  static final class NewerSchemaException extends SQLException {
    private static final long serialVersionUID = 1L;

    NewerSchemaException(String present, String known) {
      super(
          "its schema has version %s, and this program knows versions up to %s; start the newer program, or restore a backup of before"
              .formatted(present, known));
    }
  }

  /** Another program holds the lock for migrations. */
  static final class LockedException extends SQLException {
    private static final long serialVersionUID = 1L;

    LockedException(String holder) {
      super("another program holds the lock for migrations: " + holder, "55P03");
    }
  }
}
