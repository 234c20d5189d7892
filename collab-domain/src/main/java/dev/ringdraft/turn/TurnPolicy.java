package dev.ringdraft.turn;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A draft's rules for how long a turn lasts and who is next.
 *
 * @param maxSeconds after so long a turn times out, {@value #MIN_SECONDS} to {@value #MAX_SECONDS};
 *     null for never
 * @param maxSegments with so many segments a turn is complete, 1 to {@value #MAX_SEGMENTS}; null
 *     for never
 * @param awayAfterMissed after so many missed turns in a row a member is away, 1 to {@value
 *     #MAX_MISSED}; null for never
 */
public record TurnPolicy(
    TurnOrder order,
    @Nullable Integer maxSeconds,
    @Nullable Integer maxSegments,
    @Nullable Integer awayAfterMissed) {
  /** Shortest time limit of a turn, in seconds. */
  public static final int MIN_SECONDS = 10;

  /** Longest time limit of a turn, in seconds: 30 days. */
  public static final int MAX_SECONDS = 2_592_000;

  /** Most segments of a turn. */
  public static final int MAX_SEGMENTS = 1_000;

  /** Most missed turns before a member is away. */
  public static final int MAX_MISSED = 10;

  public TurnPolicy {
    inBounds("max_seconds", maxSeconds, MIN_SECONDS, MAX_SECONDS);
    inBounds("max_segments", maxSegments, 1, MAX_SEGMENTS);
    inBounds("away_after_missed", awayAfterMissed, 1, MAX_MISSED);
  }

  /** The policy of a draft whose creator set none: the ring moves by hand, a turn has no limit. */
  public static TurnPolicy defaults() {
    return new TurnPolicy(TurnOrder.MANUAL, null, null, 2);
  }

  /** As this, in another order. */
  public TurnPolicy in(TurnOrder other) {
    return new TurnPolicy(other, maxSeconds, maxSegments, awayAfterMissed);
  }

  /** As this, with a time limit. */
  public TurnPolicy lasting(Duration limit) {
    return new TurnPolicy(order, Math.toIntExact(limit.toSeconds()), maxSegments, awayAfterMissed);
  }

  /** As this, with turns of so many segments. */
  public TurnPolicy ofSegments(int limit) {
    return new TurnPolicy(order, maxSeconds, limit, awayAfterMissed);
  }

  /** As this, with another number of missed turns; null for members who are never away by that. */
  public TurnPolicy awayAfter(@Nullable Integer missed) {
    return new TurnPolicy(order, maxSeconds, maxSegments, missed);
  }

  /** When a turn that starts then times out; null for never. */
  public @Nullable Instant deadlineFrom(Instant start) {
    return maxSeconds == null ? null : start.plusSeconds(maxSeconds);
  }

  private static void inBounds(String name, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d..%d, or null)".formatted(name, value, min, max));
    }
  }
}
