package dev.ringdraft.app;

import dev.ringdraft.app.cli.ExitCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of a server when the process is asked to end (SIGTERM, Ctrl-C) or ends by itself: it
 * is stopped in order, and the process ends with the code that was agreed. That takes less than 30
 * seconds: after {@link #PATIENCE} the process ends with 1, whatever is left.
 *
 * <p>A server that is still starting is interrupted, and ended as far as it had come.
 */
final class GracefulShutdown {
  static final Duration PATIENCE = Duration.ofSeconds(27);

  private static final Logger LOG = System.getLogger(GracefulShutdown.class.getName());

  private final Thread starter;
  private final CompletableFuture<Runnable> server = new CompletableFuture<>();
  private volatile ExitCode code;
  private volatile boolean over;
  private volatile boolean underWay;

  private GracefulShutdown(Thread starter, ExitCode code) {
    this.starter = starter;
    this.code = code;
  }

  /** Stops also when the process that started this one is gone, however that ended. */
  static void withParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              CompletableFuture<Void> unused =
                  parent.onExit().thenRun(() -> System.exit(ExitCode.DONE.code()));
            });
  }

  /**
   * For a server that the calling thread is about to start.
   *
   * @param code what the process ends with
   */
  static GracefulShutdown whenTold(ExitCode code) {
    GracefulShutdown stop = new GracefulShutdown(Thread.currentThread(), code);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stop, "stop"));
    return stop;
  }

  /** The server is up, and this stops it. */
  void by(Runnable close) {
    server.complete(close);
  }

  /** The process ends with another code from now on. */
  void with(ExitCode other) {
    code = other;
  }

  /** Whether the process was asked to end. */
  boolean isUnderWay() {
    return underWay;
  }

  /** If there is no server, nothing is left of it; the program ends by itself. */
  void never() {
    over = server.cancel(false);
  }

  private void stop() {
    if (over) {
      return;
    }
    underWay = true;
    try (ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      ScheduledFuture<?> unused =
          watch.schedule(this::giveUp, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      stopServer();
      // A machine that records writes that down in the end, and may take its time.
      watch.shutdownNow();
      Runtime.getRuntime().halt(code.code());
    }
  }

  private void stopServer() {
    starter.interrupt();
    try {
      server.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).run();
    } catch (ExecutionException | CancellationException neverUp) {
      LOG.log(Level.INFO, "Stopped while starting");
    } catch (TimeoutException stuck) {
      giveUp();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUp() {
    LOG.log(Level.ERROR, "Not stopped within {0} s, ending anyway", PATIENCE.toSeconds());
    Runtime.getRuntime().halt(ExitCode.FAILED.code());
  }
}
