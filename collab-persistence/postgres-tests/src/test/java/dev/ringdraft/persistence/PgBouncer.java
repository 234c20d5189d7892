package dev.ringdraft.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's PgBouncer, on a free port with a folder of its own, in front of one database. */
final class PgBouncer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(10);
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Optional<Path> program() {
    return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * @param mode {@code session} or {@code transaction}
   */
  static PgBouncer start(Path program, DatabaseSettings database, String mode) throws IOException {
    URI server = URI.create(database.address().substring("jdbc:".length()));
    int port = freePort();
    Path folder = Files.createTempDirectory("pgbouncer");
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        drafts = host=%s port=%d dbname=%s user=%s password='%s'
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = %s
        default_pool_size = 3
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(
                server.getHost(),
                server.getPort(),
                server.getPath().substring(1),
                database.user(),
                database.password(),
                port,
                mode));
    // It refuses to run as root, and its own account must read the folder.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command =
        Stream.concat(
                Stream.of(program.toString()),
                "root".equals(System.getProperty("user.name"))
                    ? Stream.of("-u", "postgres")
                    : Stream.empty())
            .toList();
    Process process =
        new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(configuration.toString())).toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PgBouncer pooler = new PgBouncer(process, port);
    pooler.awaitPort(folder);
    return pooler;
  }

  DatabaseSettings behind(DatabaseSettings database, String parameters) {
    return DatabaseSettings.builder(
            "jdbc:postgresql://127.0.0.1:%d/drafts%s".formatted(port, parameters))
        .credentials(database.user(), database.password())
        .poolSize(8)
        .build();
  }

  private void awaitPort(Path folder) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(Files.readString(folder.resolve("log")));
      }
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
