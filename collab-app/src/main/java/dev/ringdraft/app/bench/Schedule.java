package dev.ringdraft.app.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When each append is due, whatever became of the ones before it: an open loop.
 *
 * @param start of the first one, by {@link System#nanoTime}
 * @param perSecond in all drafts together
 * @param drafts that take turns
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

  /** When the append of this number, from 0 on, is due. */
  long due(long number) {
    return start + Math.round(number * SECOND / perSecond);
  }

  /** The draft that it goes to. */
  int draft(long number) {
    return (int) (number % drafts);
  }

  /** How many are due within this time. */
  long within(Duration time) {
    return (long) Math.ceil(time.toNanos() / SECOND * perSecond);
  }
}
