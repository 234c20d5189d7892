package dev.ringdraft.persistence.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("long")
class EmbeddedPostgresTest {
  /** One folder for all, so that it is unpacked once; each test adds its words and counts them. */
  @TempDir static Path folder;

  @Test
  void what_was_written_is_there_after_a_restart() throws SQLException {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
      write(first, "restart");
    }
    try (EmbeddedPostgres second = EmbeddedPostgres.start(folder)) {
      assertEquals(1, count(second, "restart"));
    }
  }

  @Test
  void closing_twice_does_nothing_the_second_time() {
    EmbeddedPostgres server = EmbeddedPostgres.start(folder);
    server.close();
    server.close();
    EmbeddedPostgres.start(folder).close();
  }

  @Test
  void a_second_server_on_the_same_folder_is_refused() throws SQLException {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
      EmbeddedPostgresException refused =
          assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(folder));
      assertLine(folder + " is in use by another process", refused);
      write(first, "refused second");
      assertEquals(1, count(first, "refused second"));
    }
  }

  @Test
  void a_second_process_on_the_same_folder_is_refused() throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(folder);
        OtherProgram other = OtherProgram.on(folder)) {
      write(first, "second process");
      assertEquals(
          folder + " is in use by another process: stop that one, or set another data.dir",
          other.firstLine());
      assertEquals(1, count(first, "second process"));
    }
  }

  @Test
  void a_server_whose_program_was_killed_is_stopped_and_its_data_is_kept() throws Exception {
    EmbeddedPostgres.start(folder).close();
    try (OtherProgram other = OtherProgram.on(folder)) {
      assertEquals("started", other.firstLine());
      try (Connection connection = DriverManager.getConnection(urlOfRunningServer(), login())) {
        write(connection, "orphan");
      }
      ProcessHandle orphan = runningServer();
      other.kill();
      assertTrue(orphan.isAlive());
      try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
        assertFalse(orphan.isAlive());
        assertEquals(1, count(next, "orphan"));
      }
    }
  }

  @Test
  void the_data_survives_the_death_of_program_and_server() throws Exception {
    EmbeddedPostgres.start(folder).close();
    try (OtherProgram other = OtherProgram.on(folder)) {
      try (Connection connection = DriverManager.getConnection(urlOfRunningServer(), login())) {
        write(connection, "both");
      }
      ProcessHandle orphan = runningServer();
      other.kill();
      orphan.destroyForcibly();
      try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
        assertEquals(1, count(next, "both"));
      }
    }
  }

  @Test
  void the_data_survives_the_death_of_the_server_alone() throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
      write(first, "server");
      ProcessHandle server = runningServer();
      server.destroyForcibly();
      server.onExit().get(10, TimeUnit.SECONDS);
    }
    try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
      assertEquals(1, count(next, "server"));
    }
  }

  @Test
  void a_server_that_is_killed_runs_again_on_its_port_with_all_that_was_acknowledged()
      throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
      String url = server.url();
      write(server, "watched");
      ProcessHandle killed = runningServer();
      killed.destroyForcibly();
      killed.onExit().get(10, TimeUnit.SECONDS);
      until(() -> answers(server));

      assertEquals(url, server.url());
      assertEquals(1, count(server, "watched"));
      assertFalse(server.givenUp().isDone());
    }
  }

  @Test
  void a_server_that_fails_three_times_within_a_minute_is_given_up_with_a_reason()
      throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
      for (int kill = 1; kill <= PostmasterWatch.MAX_FAILURES; kill++) {
        until(() -> answers(server));
        runningServer().destroyForcibly();
        until(() -> !answers(server));
      }

      assertLine(
          "PostgreSQL ended unasked with exit code 137; 3 failures within 60 s, see "
              + folder.resolve("postgresql.log"),
          server.givenUp().get(30, TimeUnit.SECONDS));
    }
    EmbeddedPostgres.start(folder).close();
  }

  @Test
  void the_log_is_for_its_owner_alone_and_put_aside_while_the_server_writes() throws Exception {
    Path log = folder.resolve("postgresql.log");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
      Files.write(log, new byte[(int) ServerLog.LARGEST_BYTES + 1], StandardOpenOption.APPEND);
      new ServerLog(log).putAsideIfLong();

      assertEquals(0, Files.size(log));
      assertThrows(
          SQLException.class,
          () -> DriverManager.getConnection(server.url(), "ringdraft", "guess"));
      until(() -> Files.size(log) > 0);
      assertTrue(Files.size(log) < 10_000, "the server appends");
      assertTrue(Files.size(folder.resolve("postgresql.log.1")) > ServerLog.LARGEST_BYTES);
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "did not happen within 30 s");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static boolean answers(EmbeddedPostgres server) {
    try (Connection connection = connect(server)) {
      return connection.isValid(1);
    } catch (SQLException notNow) {
      return false;
    }
  }

  @Test
  void a_stranger_with_the_process_id_of_a_dead_server_is_left_alone() throws Exception {
    EmbeddedPostgres.start(folder).close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          folder.resolve("database/postmaster.pid"),
          "%d%n%s/database%n0%n5432%n%n%n%n".formatted(stranger.pid(), folder));
      EmbeddedPostgres.start(folder).close();
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void it_flushes_and_listens_on_loopback_alone_and_asks_for_a_password() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder);
        Connection connection = connect(server)) {
      assertEquals("on", setting(connection, "fsync"));
      assertEquals("on", setting(connection, "full_page_writes"));
      assertEquals("on", setting(connection, "synchronous_commit"));
      assertEquals("127.0.0.1", setting(connection, "listen_addresses"));
      assertEquals("", setting(connection, "unix_socket_directories"));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))));
      SQLException refused =
          assertThrows(
              SQLException.class,
              () -> DriverManager.getConnection(server.url(), "ringdraft", "guess"));
      assertEquals("28P01", refused.getSQLState());
    }
  }

  @Test
  void a_program_may_open_as_many_connections_as_are_promised() throws SQLException {
    List<Connection> open = new ArrayList<>();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
      try {
        while (open.size() < EmbeddedPostgres.MAX_CONNECTIONS) {
          open.add(connect(server));
        }
      } finally {
        for (Connection each : open) {
          each.close();
        }
      }
    }
    assertEquals(EmbeddedPostgres.MAX_CONNECTIONS, open.size());
  }

  @Test
  void what_an_interrupted_first_start_left_is_done_again(@TempDir Path fresh) throws Exception {
    EmbeddedPostgres.start(folder).close();
    Path binaries;
    try (var files = Files.list(folder)) {
      binaries = files.filter(it -> it.toString().contains("postgresql-")).findFirst().get();
    }
    Files.createFile(fresh.resolve("lock"));
    Files.createDirectories(fresh.resolve(binaries.getFileName() + ".part/bin"));
    Files.writeString(fresh.resolve(binaries.getFileName() + ".part/bin/postgres"), "half");
    Files.createDirectories(fresh.resolve("database.part/base"));
    Files.writeString(fresh.resolve("database.part/PG_VERSION"), "18");
    Files.writeString(fresh.resolve("password.part"), "ha");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(fresh)) {
      write(server, "whole");
      assertEquals(1, count(server, "whole"));
    }
    try (var files = Files.list(fresh)) {
      assertEquals(List.of(), files.filter(it -> it.toString().endsWith(".part")).toList());
    }
  }

  @Test
  void a_folder_with_files_of_something_else_is_refused_and_left_as_it_is(@TempDir Path photos)
      throws IOException {
    Path photo = Files.writeString(photos.resolve("photo.jpg"), "a photo");

    assertLine(
        photos.toRealPath()
            + " holds files of something else, such as photo.jpg: set another data.dir, or empty it",
        assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(photos)));
    try (var files = Files.list(photos)) {
      assertEquals(List.of(photo), files.toList());
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_named(@TempDir Path somewhere) throws IOException {
    Path file = Files.writeString(somewhere.resolve("file"), "no folder");
    assertLine(
        file.resolve("data") + " can't be written to",
        assertThrows(
            EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(file.resolve("data"))));
  }

  @Test
  void a_platform_without_binaries_is_pointed_to_an_outside_server(@TempDir Path fresh) {
    Platform unheardOf = new Platform("Plan 9", "mips");
    assertEquals(
        "no embedded PostgreSQL for Plan 9 on mips: set database.url",
        assertThrows(
                EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(fresh, unheardOf))
            .getMessage());
  }

  @Test
  void a_database_that_is_damaged_is_named_with_the_log() throws IOException {
    EmbeddedPostgres.start(folder).close();
    Path control = folder.resolve("database/global/pg_control");
    Path aside = folder.resolve("pg_control");
    Files.move(control, aside);
    try {
      EmbeddedPostgresException refused =
          assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(folder));
      assertLine("PostgreSQL did not start on " + folder.resolve("database"), refused);
      assertTrue(refused.toString().endsWith("see " + folder.resolve("postgresql.log")));
    } finally {
      Files.move(aside, control);
    }
  }

  @Test
  void a_missing_password_is_named_and_not_replaced() throws IOException {
    EmbeddedPostgres.start(folder).close();
    Path password = folder.resolve("password");
    Path aside = folder.resolve("aside");
    Files.move(password, aside);
    try {
      assertLine(
          password + " is missing",
          assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(folder)));
    } finally {
      Files.move(aside, password);
    }
  }

  @Test
  void the_password_is_not_logged() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder)) {
      String password = Files.readString(folder.resolve("password"));
      assertEquals(password, server.password());
      assertFalse(Files.readString(folder.resolve("postgresql.log")).contains(password));
    }
  }

  private static void assertLine(String start, EmbeddedPostgresException refused) {
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(start), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), server.password());
  }

  private static void write(EmbeddedPostgres server, String word) throws SQLException {
    try (Connection connection = connect(server)) {
      write(connection, word);
    }
  }

  private static void write(Connection connection, String word) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists word (word text not null)");
      statement.execute("insert into word values ('" + word + "')");
    }
  }

  private static int count(EmbeddedPostgres server, String word) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select count(*) from word where word = '" + word + "'")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show " + name)) {
      result.next();
      return result.getString(1);
    }
  }

  private static ProcessHandle runningServer() throws IOException {
    return PidFile.read(folder.resolve("database/postmaster.pid"))
        .flatMap(PidFile::process)
        .orElseThrow();
  }

  private static String urlOfRunningServer() throws IOException {
    String port = Files.readAllLines(folder.resolve("database/postmaster.pid")).get(3);
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private static Properties login() throws IOException {
    Properties login = new Properties();
    login.put("user", "ringdraft");
    login.put("password", Files.readString(folder.resolve("password")));
    return login;
  }
}
