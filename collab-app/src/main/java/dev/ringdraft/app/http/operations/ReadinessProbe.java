package dev.ringdraft.app.http.operations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Observes the database for {@link Readiness} every two seconds, on a thread of its own, so that no
 * request for the health of a server waits. Safe for use by many threads.
 */
public final class ReadinessProbe implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ReadinessProbe.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Supplier<Readiness.State> database;
  private final Readiness readiness;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("readiness").factory());

  private ReadinessProbe(Supplier<Readiness.State> database, Readiness readiness) {
    this.database = database;
    this.readiness = readiness;
  }

  /**
   * Observes once, and then begins to do so regularly. Blocks for the first time.
   *
   * @param database finds the state out; may wait for some seconds
   */
  public static ReadinessProbe start(Supplier<Readiness.State> database, Readiness readiness) {
    ReadinessProbe probe = new ReadinessProbe(database, readiness);
    probe.observe();
    Future<?> unused =
        probe.timer.scheduleWithFixedDelay(
            probe::observe, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return probe;
  }

  /** A fault leaves the observation before, which becomes stale. */
  private void observe() {
    try {
      readiness.observed(database.get());
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "the database could not be probed", fault);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
