package dev.ringdraft.bench.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times at which appends are due, whatever became of earlier ones: an open loop. Churn uses it
 * too, with subscribers in place of drafts.
 *
 * @param start time of the first one, by {@link System#nanoTime}
 * @param perSecond rate over all drafts together
 * @param drafts number of drafts, to which the appends go round-robin
 */
record Schedule(long start, double perSecond, int drafts) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  Schedule {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond: %s (expected: above 0)".formatted(perSecond));
    }
    if (drafts < 1) {
      throw new IllegalArgumentException("drafts: %d (expected: 1 or more)".formatted(drafts));
    }
  }

  /** The time at which the append of this number, from 0 on, is due. */
  long due(long number) {
    return start + Math.round(number * SECOND / perSecond);
  }

  /** The draft of the append of this number. */
  int draft(long number) {
    return (int) (number % drafts);
  }

  /** The number of appends that are due within this time. */
  long within(Duration time) {
    return (long) Math.ceil(time.toNanos() / SECOND * perSecond);
  }
}
