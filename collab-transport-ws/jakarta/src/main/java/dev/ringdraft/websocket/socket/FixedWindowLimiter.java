package dev.ringdraft.websocket.socket;

import java.util.function.LongSupplier;

/**
 * Allows so many occurrences in any period that begins with one of them. For one thread at a time.
 */
public final class FixedWindowLimiter {
  private final int most;
  private final long periodNanos;
  private final LongSupplier nanoClock;
  private long periodBegan;
  private int count;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public FixedWindowLimiter(int most, long periodNanos, LongSupplier nanoClock) {
    this.most = most;
    this.periodNanos = periodNanos;
    this.nanoClock = nanoClock;
  }

  /** Counts one occurrence; false when it is one too many. */
  public boolean allows() {
    long now = nanoClock.getAsLong();
    if (count == 0 || now - periodBegan >= periodNanos) {
      periodBegan = now;
      count = 0;
    }
    return ++count <= most;
  }
}
