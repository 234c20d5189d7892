package dev.ringdraft.persistence;

import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A primary and a standby of Debian's PostgreSQL, on free ports with folders of their own. The
 * embedded server lacks the programs for it.
 */
final class PostgresPair implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String STANDBY = "s1";
  private static final String REMOVE = "/bin/rm";
  private static final int PROGRAM_SECONDS = 60;

  private final Path programs;
  private final Path folder;
  private Server first;
  private Server second;

  private PostgresPair(Path programs) throws IOException {
    this.programs = programs;
    this.folder = Files.createTempDirectory("postgres-pair");
    own(folder);
    this.first = new Server("first");
    this.second = new Server("second");
  }

  /** The folder of Debian's newest server programs. */
  static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/pg_basebackup")))
          .max(Comparator.comparingInt(PostgresPair::number))
          .map(version -> version.resolve("bin"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(String.valueOf(version.getFileName()));
  }

  /**
   * Starts both.
   *
   * @param synchronous whether the primary's commits wait for the standby
   */
  static PostgresPair start(Path programs, boolean synchronous) throws IOException {
    PostgresPair pair = new PostgresPair(programs);
    pair.first.initialise(synchronous);
    pair.first.start();
    pair.first.execute("create database drafts");
    pair.second.follow(pair.first);
    pair.second.start();
    pair.first.awaitStandby(synchronous ? "sync" : "async");
    return pair;
  }

  /** The primary, until {@link #swap}. */
  Server first() {
    return first;
  }

  /** The standby, until {@link #swap}. */
  Server second() {
    return second;
  }

  /** After a promotion: the old primary, which is down, becomes a standby of the new one. */
  void swap() throws IOException {
    Server promoted = second;
    second = first;
    first = promoted;
    second.follow(first);
    second.start();
    first.configure("synchronous_standby_names = '%s'\n".formatted(STANDBY));
    first.execute("select pg_reload_conf()");
    first.awaitStandby("sync");
  }

  /** Whichever of them is the primary. */
  DatabaseSettings settings() {
    return settings(first.address() + "," + second.address());
  }

  static DatabaseSettings settings(String addresses) {
    return DatabaseSettings.builder(
            "jdbc:postgresql://%s/drafts?targetServerType=primary&loadBalanceHosts=true"
                .formatted(addresses))
        .credentials("postgres", "")
        .poolSize(4)
        .build();
  }

  @Override
  public void close() {
    first.stop();
    second.stop();
    run(REMOVE, "-r", folder.toString());
  }

  private void own(Path path) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
  }

  /** The server refuses to run as root. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("postgres-pair", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(command + ": " + Files.readString(output));
      }
      Files.delete(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** One of the two. */
  final class Server {
    private final Path data;
    private final int port;
    private boolean running;

    private Server(String name) throws IOException {
      data = folder.resolve(name);
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
    }

    String address() {
      return "127.0.0.1:" + port;
    }

    private void initialise(boolean synchronous) throws IOException {
      run(
          "initdb",
          "-D",
          data.toString(),
          "-U",
          "postgres",
          "-A",
          "trust",
          "-E",
          "UTF8",
          "--no-sync");
      configure(
          """
          listen_addresses = '127.0.0.1'
          unix_socket_directories = ''
          fsync = off
          shared_buffers = 16MB
          synchronous_standby_names = '%s'
          """
              .formatted(synchronous ? STANDBY : ""));
    }

    /** Becomes a copy of a running server, and its standby. A promoted one waits for no standby. */
    private void follow(Server primary) throws IOException {
      if (Files.exists(data)) {
        run(REMOVE, "-r", data.toString());
      }
      run(
          "pg_basebackup",
          "-D",
          data.toString(),
          "-d",
          primary.connection(),
          "-X",
          "stream",
          "-c",
          "fast");
      configure(
          """
          primary_conninfo = '%s application_name=%s'
          synchronous_standby_names = ''
          """
              .formatted(primary.connection(), STANDBY));
      Files.createFile(data.resolve("standby.signal"));
      own(data.resolve("standby.signal"));
    }

    private String connection() {
      return "host=127.0.0.1 port=%d user=postgres".formatted(port);
    }

    private void configure(String lines) throws IOException {
      Files.writeString(data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    }

    void start() {
      control("start", "-l", data + ".log", "-o", "-p " + port);
      running = true;
    }

    /** As if it had crashed. */
    void stop() {
      if (running) {
        control("stop", "-m", "immediate");
        running = false;
      }
    }

    /** Crashes and comes back. */
    void restart() {
      stop();
      start();
    }

    void promote() {
      control("promote");
    }

    private void control(String action, String... options) {
      List<String> arguments =
          new ArrayList<>(List.of(action, "-D", data.toString(), "-w", "-t", "30"));
      arguments.addAll(List.of(options));
      run("pg_ctl", arguments.toArray(String[]::new));
    }

    /** Runs a statement past the store. */
    void execute(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failed) {
        throw new AssertionError(failed);
      }
    }

    /** The first value of a query past the store; empty without a row. */
    String query(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      } catch (SQLException failed) {
        throw new AssertionError(failed);
      }
    }

    /** Its commits wait for no standby. */
    private Connection connect() throws SQLException {
      return DriverManager.getConnection(
          "jdbc:postgresql://%s/postgres?user=postgres&options=-c%%20synchronous_commit=local"
              .formatted(address()));
    }

    /** Waits until a standby follows. */
    void awaitStandby(String state) {
      Eventually.until(() -> query("select sync_state from pg_stat_replication").equals(state));
    }

    /** Waits until the standby has all that is written here. */
    void awaitReplayed() {
      Eventually.until(
          () ->
              query("select replay_lsn = pg_current_wal_lsn() from pg_stat_replication")
                  .equals("t"));
    }
  }
}
