package dev.ringdraft.app.http.operations;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the next request would succeed, as far as that can be known: the database took a commit a
 * moment ago, and the server is not about to stop.
 *
 * <table>
 * <caption>States</caption>
 * <tr><td>{@code STARTING}</td><td>until the first observation</td></tr>
 * <tr><td>as observed</td><td>for {@link #FRESH}, then {@code DATABASE_UNREACHABLE}: an observation
 *     that does not come is one of a database that does not answer</td></tr>
 * <tr><td>{@code DRAINING}</td><td>for good</td></tr>
 * </table>
 *
 * Never waits. Safe for use by many threads.
 */
public final class Readiness {
  /** What there is to know. */
  public enum State {
    READY,
    STARTING,
    DRAINING,
    DATABASE_UNREACHABLE,
    DATABASE_READ_ONLY,
    DISK_FULL
  }

  /** How long an observation counts. */
  static final Duration FRESH = Duration.ofSeconds(6);

  private record Observation(State state, long at) {}

  private final LongSupplier nanoTime;
  private volatile boolean draining;
  private volatile Observation last;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Readiness(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = new Observation(State.STARTING, nanoTime.getAsLong());
  }

  /** From now on the server is about to stop. */
  public void drain() {
    draining = true;
  }

  /** The state that was found just now. */
  public void observed(State state) {
    last = new Observation(state, nanoTime.getAsLong());
  }

  /** The state now. */
  public State state() {
    if (draining) {
      return State.DRAINING;
    }
    Observation seen = last;
    boolean isStale =
        seen.state() != State.STARTING && nanoTime.getAsLong() - seen.at() > FRESH.toNanos();
    return isStale ? State.DATABASE_UNREACHABLE : seen.state();
  }
}
