package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees while the database is away, full or killed. */
@Tag("long")
class OutagesIT {
  private static final long BLOCK = 64 * 1024;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  private Program start(String... arguments) {
    return Program.start(folder, Map.of(), arguments);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private String readiness(String url) {
    return send(HttpRequest.newBuilder(URI.create(url + "/health/ready"))).body();
  }

  private int createDraft(String url) {
    return send(HttpRequest.newBuilder(URI.create(url + "/v1/collab/drafts"))
            .header("X-User-Id", "ana")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"A ring\"}")))
        .statusCode();
  }

  private static String status(String word) {
    return "{\"status\":\"%s\"}".formatted(word);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static long count(Program program, String text) throws IOException {
    return program.errors().lines().filter(line -> line.contains(text)).count();
  }

  private void killPostgres() throws Exception {
    Path pidFile = folder.resolve("data/database/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_database_that_does_not_answer_yet_is_waited_for_with_one_line() throws Exception {
    int admin = freePort();
    int nobody = freePort();
    try (Program program =
        start(
            "--http.port=0",
            "--admin.port=" + admin,
            "--database.url=jdbc:postgresql://127.0.0.1:%d/drafts".formatted(nobody))) {
      program.awaitLog("waits for the database");
      Eventually.until(() -> readiness("http://127.0.0.1:" + admin).equals(status("starting")));
      assertEquals(1, count(program, "waits for the database"), program.errors());
      program.terminate();

      assertEquals(0, program.exitCode(), program.errors());
      assertEquals(0, count(program, "\tat "), program.errors());
    }
  }

  @Test
  void a_PostgreSQL_that_is_killed_runs_again_and_is_given_up_at_the_third_time() throws Exception {
    try (Program program = start("--http.port=0")) {
      String url = program.url();
      assertEquals(201, createDraft(url));
      for (int kill = 1; kill <= 2; kill++) {
        killPostgres();
        Eventually.until(() -> createDraft(url) == 201);
      }
      Eventually.until(() -> readiness(url).equals(status("ready")));
      killPostgres();

      assertEquals(1, program.exitCode(), program.errors());
      String log = program.errors();
      assertTrue(
          log.contains(
              "ringdraft: PostgreSQL ended unasked with exit code 137; 3 failures within 60 s, see "
                  + folder.toRealPath().resolve("data/postgresql.log")),
          log);
      assertEquals(2, count(program, "PostgreSQL runs again after"), log);
    }
  }

  @Test
  void a_full_disk_is_not_ready_and_two_lines_and_is_back_by_itself() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString()));
    try (Program program = start("--http.port=0", "--data.dir=" + disk.resolve("data"))) {
      String url = program.url();
      Eventually.until(() -> readiness(url).equals(status("ready")));
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      Eventually.until(() -> readiness(url).equals(status("disk_full")));
      assertEquals(
          200, send(HttpRequest.newBuilder(URI.create(url + "/health/live"))).statusCode());
      Files.delete(ballast);
      Eventually.until(() -> readiness(url).equals(status("ready")));

      assertEquals(201, createDraft(url));
      program.awaitLog("the database works again after");
      String log = program.errors();
      assertEquals(1, count(program, "the database fails: SQLSTATE 53100, "), log);
      assertEquals(1, count(program, "the database works again after"), log);
      assertFalse(log.contains("\tat "), log);
    } finally {
      assertTrue(runs("umount", "--lazy", disk.toString()));
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[(int) BLOCK];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        channel.write(ByteBuffer.wrap(block));
      }
    } catch (IOException full) {
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.toString());
    }
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
  }
}
