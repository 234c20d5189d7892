package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Starts a server again that ends unasked, on the same port, so that its users reconnect. After
 * {@link #MAX_FAILURES} failures within {@link #WINDOW} it gives up: an end is a failure, and so is
 * a start that does not succeed. Safe for use by many threads.
 */
final class PostmasterWatch {
  static final int MAX_FAILURES = 3;
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
  private static final Duration BETWEEN_LOG_CHECKS = Duration.ofMinutes(1);
  private static final Duration BEFORE_NEXT_START = Duration.ofSeconds(1);

  private final DataFolder folder;
  private final Start start;
  private final Deque<Long> failures = new ArrayDeque<>();
  private final CompletableFuture<EmbeddedPostgresException> givenUp = new CompletableFuture<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this::watch);
  private volatile Postmaster server;
  private volatile boolean stopped;

  /** Starts a server on the folder's database. */
  @FunctionalInterface
  interface Start {
    /**
     * Starts it, and returns when it takes connections.
     *
     * @param port the port of the server before
     */
    Postmaster again(int port) throws IOException, InterruptedException;
  }

  private PostmasterWatch(DataFolder folder, Postmaster server, Start start) {
    this.folder = folder;
    this.server = server;
    this.start = start;
  }

  /** Begins to watch a server that runs. */
  static PostmasterWatch of(DataFolder folder, Postmaster server, Start start) {
    PostmasterWatch watch = new PostmasterWatch(folder, server, start);
    watch.thread.start();
    return watch;
  }

  int port() {
    return server.port();
  }

  /** The reason, once it has given up. */
  CompletableFuture<EmbeddedPostgresException> givenUp() {
    return givenUp.copy();
  }

  /** Ends the watch, and then the server. */
  void stop() {
    stopped = true;
    thread.interrupt();
    boolean interrupted = false;
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    server.stop();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!stopped && !givenUp.isDone()) {
        if (server.awaitEnd(BETWEEN_LOG_CHECKS)) {
          recover();
        } else {
          folder.log().putAsideIfLong();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void recover() throws InterruptedException {
    long begun = System.nanoTime();
    String what = "PostgreSQL ended unasked with exit code " + server.exitCode();
    LOG.log(Level.WARNING, "{0}; it is started again", what);
    while (!isLastFailure(begun)) {
      try {
        new OrphanedServers(folder).stop(Level.DEBUG);
        server = start.again(server.port());
        LOG.log(
            Level.INFO,
            "PostgreSQL runs again after {0} ms",
            Long.toString(Duration.ofNanos(System.nanoTime() - begun).toMillis()));
        return;
      } catch (IOException | EmbeddedPostgresException failed) {
        what = String.valueOf(failed.getMessage());
        LOG.log(Level.WARNING, "PostgreSQL could not be started again: {0}", what);
        Thread.sleep(BEFORE_NEXT_START);
      }
      begun = System.nanoTime();
    }
    givenUp.complete(
        new EmbeddedPostgresException(
            "%s; %d failures within %d s, see %s"
                .formatted(what, MAX_FAILURES, WINDOW.toSeconds(), folder.log().file())));
  }

  /** Counts a failure of this time, and whether it was one too many. */
  private boolean isLastFailure(long now) {
    failures.add(now);
    while (now - failures.getFirst() > WINDOW.toNanos()) {
      failures.removeFirst();
    }
    return failures.size() >= MAX_FAILURES;
  }
}
