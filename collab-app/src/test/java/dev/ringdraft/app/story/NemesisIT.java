package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.bench.history.HistoryReport;
import dev.ringdraft.bench.history.HistoryRun;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers of one PostgreSQL under faults of all kinds, and the history that real clients saw.
 * {@code -Dringdraft.nemesis.seconds=600} goes on for longer, {@code -Dringdraft.seed=N} takes the
 * faults in the same order.
 */
@Tag("long")
final class NemesisIT {
  private static final int SECONDS = Integer.getInteger("ringdraft.nemesis.seconds", 60);

  /** PostgreSQL is given up when it fails three times in a minute. */
  private static final long LEAST_BETWEEN_FAILURES = TimeUnit.SECONDS.toNanos(31);

  @TempDir private Path folder;

  private enum Fault {
    KILL_SERVER,
    PAUSE_SERVER,
    KILL_DATABASE,
    STOP_DATABASE_AT_ONCE,
    PAUSE_DATABASE,
    CUT_CONNECTIONS,
    FREEZE_CONNECTIONS
  }

  /** A server behind a proxy, so that its address outlives it. */
  private static final class Node implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private RunningServer server;
    private final FaultProxy proxy;

    Node(Path folder, EmbeddedPostgres postgres) throws Exception {
      this.folder = Files.createDirectories(folder);
      this.postgres = postgres;
      this.server = RunningServer.start(folder, postgres);
      this.proxy = new FaultProxy(server.url());
    }

    void replace() throws Exception {
      server.kill();
      server = RunningServer.start(folder, postgres);
      proxy.leadTo(server.url());
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      server.close();
    }
  }

  @Test
  void the_promises_are_kept_under_faults() throws Exception {
    long seed = Long.getLong("ringdraft.seed", System.nanoTime());
    System.out.println("-Dringdraft.seed=" + seed);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        Node one = new Node(folder.resolve("one"), postgres);
        Node other = new Node(folder.resolve("other"), postgres)) {
      CompletableFuture<HistoryReport> report =
          check(List.of(one.proxy.url(), other.proxy.url()), SECONDS);
      disturb(List.of(one, other), new Random(seed), report);

      System.out.print(report.get().table());
      assertEquals(List.of(), report.get().violations());
      assertTrue(report.get().committed() > SECONDS, "appends went on");
      assertTrue(report.get().unknown() > 0, "the faults were felt");
    }
  }

  @Test
  void commands_that_are_sent_again_without_their_key_are_found_doubled() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        Node node = new Node(folder.resolve("one"), postgres)) {
      node.proxy.hide("Idempotency-Key");
      CompletableFuture<HistoryReport> report = check(List.of(node.proxy.url()), 8);
      for (int i = 0; i < 50; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
        node.proxy.cut();
      }

      assertFalse(report.get().violations().isEmpty());
    }
  }

  private static CompletableFuture<HistoryReport> check(List<URI> servers, int seconds)
      throws InterruptedException {
    HistoryRun run = HistoryRun.prepare(servers, new HistoryRun.Size(4, 3, 2));
    CompletableFuture<HistoryReport> report = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (run) {
                report.complete(run.check(Duration.ofSeconds(seconds)));
              } catch (InterruptedException | RuntimeException failed) {
                report.completeExceptionally(failed);
              }
            });
    return report;
  }

  private void disturb(List<Node> nodes, Random random, CompletableFuture<HistoryReport> report)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long failedAt = System.nanoTime() - LEAST_BETWEEN_FAILURES;
    List<Fault> round = new ArrayList<>();
    TimeUnit.SECONDS.sleep(1);
    while (System.nanoTime() < end && !report.isDone()) {
      if (round.isEmpty()) {
        round.addAll(List.of(Fault.values()));
        Collections.shuffle(round, random);
      }
      Fault fault = round.removeLast();
      Node node = nodes.get(random.nextInt(nodes.size()));
      boolean failsDatabase = fault == Fault.KILL_DATABASE || fault == Fault.STOP_DATABASE_AT_ONCE;
      if (failsDatabase && System.nanoTime() - failedAt < LEAST_BETWEEN_FAILURES) {
        continue;
      }
      failedAt = failsDatabase ? System.nanoTime() : failedAt;
      System.out.println(fault);
      cause(fault, node, Duration.ofMillis(500 + random.nextInt(3_500)));
      TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000));
    }
  }

  private void cause(Fault fault, Node node, Duration pause) throws Exception {
    switch (fault) {
      case KILL_SERVER -> node.replace();
      case PAUSE_SERVER ->
          pause(Stream.of(ProcessHandle.of(node.server.pid()).orElseThrow()), pause);
      case KILL_DATABASE -> signal("KILL", postmaster());
      case STOP_DATABASE_AT_ONCE -> signal("QUIT", postmaster());
      case PAUSE_DATABASE ->
          pause(Stream.concat(Stream.of(postmaster()), postmaster().descendants()), pause);
      case CUT_CONNECTIONS -> node.proxy.cut();
      case FREEZE_CONNECTIONS -> node.proxy.freeze();
    }
  }

  private ProcessHandle postmaster() throws Exception {
    Path file = folder.resolve("postgres/database/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        .orElseThrow();
  }

  private static void pause(Stream<ProcessHandle> processes, Duration time) throws Exception {
    List<ProcessHandle> paused = processes.toList();
    for (ProcessHandle process : paused) {
      signal("STOP", process);
    }
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    for (ProcessHandle process : paused) {
      signal("CONT", process);
    }
  }

  /** A process may have ended by itself meanwhile. */
  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
