package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The running server process. Safe for use by many threads. */
final class Postmaster {
  /** Crash recovery reads the log since the last checkpoint; seconds, on a slow disk. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  /** How long a start that fails for a passing reason is tried again. */
  private static final Duration RETRY_PATIENCE = Duration.ofSeconds(20);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int LARGEST_REPORT_BYTES = 64 * 1024;

  /**
   * Reasons that pass: the memory of a server that was killed a moment ago, and a port that
   * somebody else took in between.
   */
  private static final List<String> PASSING =
      List.of(
          "pre-existing shared memory block",
          "could not create any TCP/IP sockets",
          "could not create listen socket");

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=" + (EmbeddedPostgres.MAX_CONNECTIONS + 10),
          "shared_buffers=128MB",
          "wal_compression=on",
          "fsync=on",
          "full_page_writes=on",
          "synchronous_commit=on",
          "max_parallel_workers_per_gather=0",
          "jit=off",
          "timezone=UTC",
          "log_timezone=UTC",
          // What people wrote is in statements and in the details of errors: neither is logged.
          "log_min_error_statement=panic",
          "log_error_verbosity=terse");

  private final Process process;
  private final int port;

  private Postmaster(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server on the folder's database; it takes connections when this returns.
   *
   * @param samePort the port to listen on; 0 = any free one
   */
  static Postmaster start(
      DataFolder folder, PostgresBinaries binaries, ServerAccount account, int samePort)
      throws IOException, InterruptedException {
    Path log = folder.log().file();
    long retryUntil = System.nanoTime() + RETRY_PATIENCE.toNanos();
    while (true) {
      long logged = Files.exists(log) ? Files.size(log) : 0;
      int port = samePort == 0 ? freePort() : samePort;
      Process process = Programs.start(account.command(command(folder, binaries, port)), log);
      if (isReady(process, folder)) {
        return new Postmaster(process, port);
      }
      String report = end(log, logged);
      if (PASSING.stream().noneMatch(report::contains) || System.nanoTime() > retryUntil) {
        throw new EmbeddedPostgresException(
            "PostgreSQL did not start on %s%s, see %s"
                .formatted(folder.database(), reasonIn(report), log));
      }
      Thread.sleep(PAUSE.multipliedBy(10));
    }
  }

  int port() {
    return port;
  }

  /** Waits for the end of the server; false if it still runs after this time. */
  boolean awaitEnd(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The exit code of a server that has ended; above 128, the signal is the rest. */
  int exitCode() {
    return process.exitValue();
  }

  /** Ends the server: in order, and by force when that takes too long. */
  void stop() {
    boolean interrupted = false;
    if (process.isAlive()) {
      Signal.fastShutdown(process.toHandle());
      try {
        process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException hurry) {
        interrupted = true;
      }
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(DataFolder folder, PostgresBinaries binaries, int port) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("postgres"));
    command.addAll(List.of("-D", folder.database().toString(), "-p", Integer.toString(port)));
    for (String setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isReady(Process process, DataFolder folder)
      throws IOException, InterruptedException {
    Path pidFile = folder.database().resolve("postmaster.pid");
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try {
      while (process.isAlive() && System.nanoTime() < deadline) {
        if (PidFile.read(pidFile).filter(it -> it.isReady(process)).isPresent()) {
          return true;
        }
        process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
      return false;
    } catch (IOException | InterruptedException givenUp) {
      process.destroyForcibly();
      throw givenUp;
    }
  }

  private static String end(Path log, long from) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      ByteBuffer bytes = ByteBuffer.allocate(LARGEST_REPORT_BYTES);
      file.position(Math.max(from, file.size() - LARGEST_REPORT_BYTES));
      file.read(bytes);
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }

  private static String reasonIn(String report) {
    return report
        .lines()
        .filter(line -> line.contains("FATAL:"))
        .reduce((earlier, later) -> later)
        .map(line -> " (" + line.replaceFirst(".*FATAL: +", "") + ")")
        .orElse("");
  }
}
