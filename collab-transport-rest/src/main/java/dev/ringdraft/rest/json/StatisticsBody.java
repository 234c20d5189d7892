package dev.ringdraft.rest.json;

import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftStatistics;
import dev.ringdraft.view.DraftStatistics.Contributor;
import dev.ringdraft.view.DraftStatistics.Intervals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a draft as an answer shows them. Times are in milliseconds.
 *
 * @param meanMsBetweenPasses null with fewer than two passes; so is the median
 */
public record StatisticsBody(
    long revision,
    Epoch epoch,
    int segments,
    long words,
    List<Contributor> contributors,
    int passes,
    int passesInLastDay,
    @Nullable Long meanMsBetweenPasses,
    @Nullable Long medianMsBetweenPasses,
    Hold longestHold,
    Instant lastActivityAt) {
  /** A term of the ring. */
  public record Hold(UserId userId, long term, long ms) {}

  /** The body for the figures. */
  public static StatisticsBody of(DraftStatistics figures, Epoch epoch) {
    Intervals between = figures.betweenPasses();
    DraftStatistics.Hold longest = figures.longestHold();
    return new StatisticsBody(
        figures.revision(),
        epoch,
        figures.contributors().stream().mapToInt(Contributor::segments).sum(),
        figures.contributors().stream().mapToLong(Contributor::words).sum(),
        figures.contributors(),
        figures.passes(),
        figures.passesInLastDay(),
        between == null ? null : between.mean().toMillis(),
        between == null ? null : between.median().toMillis(),
        new Hold(longest.holder(), longest.term(), longest.time().toMillis()),
        figures.lastActivityAt());
  }
}
