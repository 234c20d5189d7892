package dev.ringdraft.eventstore;

import java.time.Duration;

/**
 * The moment by which an operation must be over, wherever it waits. Measured by {@link
 * System#nanoTime}, so a change of the wall clock does not move it. Immutable.
 */
public final class Deadline {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
  private static final Deadline NONE = new Deadline(false, 0);

  private final boolean limited;
  private final long end;

  private Deadline(boolean limited, long end) {
    this.limited = limited;
    this.end = end;
  }

  /** A deadline that never comes. */
  public static Deadline none() {
    return NONE;
  }

  /**
   * The deadline so long from now.
   *
   * @param time zero or more, up to 292 years
   */
  public static Deadline after(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("deadline: %s (expected: 0 or more)".formatted(time));
    }
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  public boolean isNone() {
    return !limited;
  }

  public boolean isOver() {
    return limited && end - System.nanoTime() <= 0;
  }

  /** The time left, zero when it is over; 292 years when there is no deadline. */
  public Duration remaining() {
    return limited ? Duration.ofNanos(Math.max(0, end - System.nanoTime())) : FOREVER;
  }
}
