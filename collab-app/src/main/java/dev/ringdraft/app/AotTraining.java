package dev.ringdraft.app;

import dev.ringdraft.app.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a Java machine goes through to learn what a server does: a server on a database of its own,
 * under the load of a short bench. The machine writes down classes and profiles when it ends (an
 * AOT cache), and the launcher puts them where the next server finds them.
 *
 * <p>It is configured by nobody: it never works on the drafts of people.
 */
final class AotTraining {
  private static final List<String> LOAD =
      List.of(
          "--drafts=20",
          "--viewers-per-draft=10",
          "--rate=200",
          "--churn=500",
          "--connect-rate=0",
          "--warm-up=2s",
          "--duration=8s");

  /** Root's PostgreSQL runs by another account, which has to come to its own folder in there. */
  private static final FileAttribute<?> PASSABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));

  private final ShutdownSequence stages;
  private final RingdraftServer server;

  private AotTraining(ShutdownSequence stages, RingdraftServer server) {
    this.stages = stages;
    this.server = server;
  }

  /** Starts the server. */
  static AotTraining start() throws IOException, InterruptedException {
    ShutdownSequence stages = new ShutdownSequence();
    boolean up = false;
    try {
      Path folder = Files.createTempDirectory("ringdraft-training", PASSABLE);
      stages.started("Training data", () -> delete(folder));
      RingdraftServer server = RingdraftServer.start(configuration(folder));
      stages.started("Training server", server::close);
      up = true;
      return new AotTraining(stages, server);
    } finally {
      if (!up) {
        stages.close();
      }
    }
  }

  private static Configuration configuration(Path folder) {
    return Configuration.read(
        List.of(
            "--http.port=0",
            "--data.dir=" + folder.resolve("data"),
            "--limit.requests-per-second=100000",
            "--limit.requests-burst-max-count=100000",
            "--limit.handshakes-per-address-per-second=100000",
            "--limit.connections-per-user-max-count=1000"),
        Map.of());
  }

  /**
   * Puts the load on it, by a process of its own: this one shall learn what a server does. False
   * when the load found a fault, which that process has printed.
   */
  boolean load() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ringdraft.class.getName(),
                "bench",
                "--url=" + server.url()));
    command.addAll(LOAD);
    Process bench = new ProcessBuilder(command).inheritIO().start();
    try {
      return bench.waitFor() == 0;
    } finally {
      bench.destroy();
    }
  }

  /** Ends the server, and removes its data. */
  void close() {
    stages.close();
  }

  /** What PostgreSQL has started may write for a moment longer than it runs. */
  private static void delete(Path folder) throws IOException, InterruptedException {
    for (int left = 50; Files.exists(folder); left--) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      } catch (IOException | UncheckedIOException stillWritten) {
        if (left == 0) {
          throw stillWritten;
        }
        Thread.sleep(100);
      }
    }
  }
}
