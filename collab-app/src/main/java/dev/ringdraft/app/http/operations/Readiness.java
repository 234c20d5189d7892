package dev.ringdraft.app.http.operations;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a request would succeed now: the database answers, and the server is not about to stop.
 * The database is asked at most once a second for all callers. Safe for use by many threads.
 */
public final class Readiness {
  /** What there is to know. */
  enum State {
    READY,
    DRAINING,
    DATABASE_UNREACHABLE
  }

  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final BooleanSupplier database;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile boolean draining;
  private boolean reachable;
  private boolean asked;
  private long askedAt;

  /**
   * @param database whether it answers; may wait
   * @param nanoTime as {@link System#nanoTime}
   */
  public Readiness(BooleanSupplier database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
  }

  /** From now on the server is about to stop. */
  public void drain() {
    draining = true;
  }

  State state() {
    if (draining) {
      return State.DRAINING;
    }
    return isReachable() ? State.READY : State.DATABASE_UNREACHABLE;
  }

  private boolean isReachable() {
    asking.lock();
    try {
      if (!asked || nanoTime.getAsLong() - askedAt >= REMEMBERED.toNanos()) {
        reachable = database.getAsBoolean();
        askedAt = nanoTime.getAsLong();
        asked = true;
      }
      return reachable;
    } finally {
      asking.unlock();
    }
  }
}
