package dev.ringdraft.persistence;

import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server of all tests in this JVM, and a database for each test class. The server is the one
 * that the system property {@code database.url} names ({@code database.user}, {@code
 * database.password}), or an embedded one under {@code target}.
 */
public final class TestPostgres {
  private static final String JVM = Long.toString(ProcessHandle.current().pid());
  private static final Object STARTING = new Object();
  private static @Nullable TestPostgres started;

  private final DatabaseSettings server;
  private final String template = "template_" + unique();

  private TestPostgres(DatabaseSettings server) {
    this.server = server;
    execute("create database " + template);
    Database.open(database(template)).close();
  }

  /** An empty database with our schema. */
  public static DatabaseSettings freshDatabase() {
    TestPostgres postgres = server();
    String name = "test_" + unique();
    postgres.execute("create database " + name + " template " + postgres.template);
    return postgres.database(name);
  }

  /** A database without any schema. */
  public static DatabaseSettings emptyDatabase() {
    return emptyDatabase("");
  }

  /**
   * A database without any schema.
   *
   * @param options of {@code create database}
   */
  static DatabaseSettings emptyDatabase(String options) {
    TestPostgres postgres = server();
    String name = "test_" + unique();
    postgres.execute("create database " + name + " template template0 " + options);
    return postgres.database(name);
  }

  /** A plain connection, past the ports. */
  public static Connection connect(DatabaseSettings settings) throws SQLException {
    return settings.connect();
  }

  /** Runs a statement past the ports. */
  public static void execute(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the result of a query past the ports. */
  public static List<String> query(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static TestPostgres server() {
    synchronized (STARTING) {
      if (started == null) {
        String url = System.getProperty("database.url", "");
        started = url.isEmpty() ? embedded() : outside(url);
      }
      return started;
    }
  }

  private static TestPostgres embedded() {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of("target", "postgres"));
    TestPostgres tests =
        new TestPostgres(
            DatabaseSettings.of(postgres.url(), postgres.user(), postgres.password(), 10));
    atEnd(
        () -> {
          tests.dropAll();
          postgres.close();
        });
    return tests;
  }

  private static TestPostgres outside(String url) {
    TestPostgres tests =
        new TestPostgres(
            DatabaseSettings.of(
                url,
                System.getProperty("database.user", ""),
                System.getProperty("database.password", ""),
                10));
    atEnd(tests::dropAll);
    return tests;
  }

  private static void atEnd(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(work));
  }

  private void dropAll() {
    try (Connection connection = connect(server);
        Statement find = connection.createStatement();
        var names =
            find.executeQuery(
                "select datname from pg_database where datname ~ '^(test|template)_" + JVM + "'")) {
      while (names.next()) {
        execute("drop database " + names.getString(1) + " with (force)");
      }
    } catch (SQLException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private void execute(String sql) {
    try {
      execute(server, sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  private DatabaseSettings database(String name) {
    String url = server.url().replaceFirst("^(jdbc:postgresql://[^/]*/)[^?]*", "$1" + name);
    return DatabaseSettings.of(url, server.user(), server.password(), server.poolSize());
  }

  private static String unique() {
    return JVM + "_" + UUID.randomUUID().toString().substring(0, 8);
  }
}
