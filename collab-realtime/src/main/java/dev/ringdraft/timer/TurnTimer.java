package dev.ringdraft.timer;

import static dev.ringdraft.settings.Setting.positive;

import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.outage.OutageLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Ends the turns whose deadline has passed. One thread looks for them once a second, in one bounded
 * query; a few threads end those that it found. When it found as many as it may and they are done,
 * it looks again at once.
 *
 * <p>Each server of a store runs one. A turn ends once all the same, because the store refuses the
 * second commit. The servers look at moments of their own and take the turns in an order of their
 * own, so that they seldom try the same one.
 *
 * <p>While the store fails, it goes on trying. An outage is two lines in the log.
 */
public final class TurnTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TurnTimer.class.getName());

  private final TurnTimeouts timeouts;
  private final TurnTimerMetrics metrics;
  private final Duration interval;
  private final int batch;
  private final RandomGenerator random;
  private final OutageLog outage = new OutageLog(LOG, "the end of turns by their deadline");
  private final TurnEndings endings;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("turn-timer").unstarted(this::run);

  /** Until a look has succeeded; seen by one thread. */
  private boolean starting = true;

  private TurnTimer(Builder from) {
    timeouts = from.timeouts;
    metrics = from.metrics;
    interval = positive("interval", from.interval);
    batch = positive("batch", from.batch);
    random = from.random;
    endings = new TurnEndings(timeouts, metrics, outage, positive("workers", from.workers));
  }

  /** A builder of a timer. */
  public static Builder builder(TurnTimeouts timeouts) {
    return new Builder(timeouts);
  }

  private void run() {
    try {
      long next = System.nanoTime();
      boolean first = true;
      do {
        while (look() && endings.awaitProgress(next + interval.toNanos())) {
          LOG.log(Level.DEBUG, "more turns may be overdue; looking again");
        }
        // Servers that started at once look at different moments from the second look on.
        long pause = first ? random.nextLong(interval.toNanos()) : interval.toNanos();
        next = Math.max(next + pause, System.nanoTime());
        first = false;
      } while (endings.await(next));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once, and begins to end what it finds; true when there may be more. */
  boolean look() {
    long begun = System.nanoTime();
    try {
      List<OverdueTurn> found = new ArrayList<>(timeouts.overdue(starting, batch));
      starting = false;
      metrics.looked(Duration.ofNanos(System.nanoTime() - begun));
      outage.succeeded();
      Collections.shuffle(found, random);
      endings.begin(found);
      return found.size() == batch;
    } catch (StoreUnavailableException unavailable) {
      metrics.lookFailed();
      outage.failed(String.valueOf(unavailable.getMessage()));
    } catch (RuntimeException fault) {
      metrics.lookFailed();
      LOG.log(Level.ERROR, "overdue turns can't be looked for; trying again", fault);
    }
    return false;
  }

  /**
   * Stops looking, and waits for the turns that are being ended: at most for the time that the
   * store takes to answer, or to fail. A second call does nothing.
   */
  @Override
  public void close() {
    try {
      endings.close();
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Builds a timer; for one thread. */
  public static final class Builder {
    private final TurnTimeouts timeouts;
    private TurnTimerMetrics metrics = TurnTimerMetrics.disabled();
    private Duration interval = Duration.ofSeconds(1);
    private int batch = 100;
    private int workers = 4;
    private RandomGenerator random = new SplittableRandom();

    private Builder(TurnTimeouts timeouts) {
      this.timeouts = timeouts;
    }

    /** Counts what the timer does; nothing by default. */
    public Builder metrics(TurnTimerMetrics value) {
      metrics = value;
      return this;
    }

    /** How often it looks; 1 s by default. */
    public Builder interval(Duration value) {
      interval = value;
      return this;
    }

    /** Most turns that one look finds; 100 by default. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** How many turns are ended at once, each on a connection to the store; 4 by default. */
    public Builder workers(int value) {
      workers = value;
      return this;
    }

    /** Shuffles the turns, and the moments of the looks. */
    public Builder random(RandomGenerator value) {
      random = value;
      return this;
    }

    /**
     * A timer that works until it is closed.
     *
     * @throws IllegalArgumentException for an interval below 1 ms, or a number below 1
     */
    public TurnTimer start() {
      TurnTimer timer = build();
      timer.thread.start();
      return timer;
    }

    /** A timer that looks when a test says so. */
    TurnTimer build() {
      return new TurnTimer(this);
    }
  }
}
