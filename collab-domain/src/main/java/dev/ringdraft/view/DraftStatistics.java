package dev.ringdraft.view;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NumberedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.time.Milliseconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a draft at one instant, derived from its events alone.
 *
 * @param revision number of the last event that is in them
 * @param contributors the authors of its segments, in the order of their first segments
 * @param passes how often the ring has moved, for whatever reason
 * @param passesInLastDay those of the 24 hours before the instant
 * @param betweenPasses null with fewer than two passes
 * @param longestHold the first one of those that are equally long
 * @param lastActivityAt when its last event was accepted
 */
public record DraftStatistics(
    long revision,
    List<Contributor> contributors,
    int passes,
    int passesInLastDay,
    @Nullable Intervals betweenPasses,
    Hold longestHold,
    Instant lastActivityAt) {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");

  public DraftStatistics {
    contributors = List.copyOf(contributors);
  }

  /**
   * An author of segments, member or not.
   *
   * @param words runs of characters without white space that hold a letter or a digit
   */
  public record Contributor(UserId userId, int segments, long words) {
    private Contributor plus(Segment segment) {
      return new Contributor(userId, segments + 1, words + words(segment.content()));
    }

    private static long words(String text) {
      return WHITE_SPACE
          .splitAsStream(text)
          .filter(run -> run.codePoints().anyMatch(Character::isLetterOrDigit))
          .count();
    }
  }

  /** The times from one pass to the next, in whole milliseconds, rounded down. */
  public record Intervals(Duration mean, Duration median) {}

  /** How long a member held the ring in one term. */
  public record Hold(UserId holder, long term, Duration time) {}

  /**
   * The fold over the events, in as many parts as the caller likes. It keeps one instant for each
   * pass, and no text. For one thread.
   */
  public static final class Fold {
    private final Map<UserId, Contributor> contributors = new LinkedHashMap<>();
    private final List<Instant> passes = new ArrayList<>();
    private @Nullable Hold longest;
    private @Nullable Holder holder;
    private @Nullable Instant completedAt;
    private Instant lastActivityAt = Instant.EPOCH;
    private long revision;

    /** The fold before the first event. */
    public Fold() {}

    /** The number of the last event that was added; 0 before the first. */
    public long revision() {
      return revision;
    }

    /**
     * Adds the next event.
     *
     * @throws CorruptHistoryException when the event is not the next
     */
    public void add(NumberedEvent next) {
      if (next.revision() != revision + 1) {
        throw new CorruptHistoryException(
            "revision %d after %d".formatted(next.revision(), revision));
      }
      DraftEvent event = next.event();
      switch (event) {
        case DraftCreated created -> holder = new Holder(created.actor(), 1, created.at());
        case SegmentAdded added ->
            contributors.merge(
                added.actor(),
                new Contributor(added.actor(), 0, 0).plus(added.segment()),
                (known, first) -> known.plus(added.segment()));
        case RingPassed passed -> {
          longest = longestUntil(passed.at());
          holder = new Holder(passed.to(), passed.term(), passed.at());
          passes.add(passed.at());
        }
        case DraftUpdated updated -> {
          if (updated.change().status() == DraftStatus.COMPLETED && completedAt == null) {
            completedAt = updated.at();
          }
        }
        case CollaboratorAdded e -> {}
        case CollaboratorRemoved e -> {}
        case CollaboratorUpdated e -> {}
        case RingRequested e -> {}
        case RingRequestRemoved e -> {}
      }
      lastActivityAt = event.at();
      revision++;
    }

    /**
     * The figures of the events so far.
     *
     * @param now until which the present holder has held the ring, unless the draft was completed
     *     before
     */
    public DraftStatistics at(Instant now) {
      Instant present = Milliseconds.of(now);
      Instant dayAgo = present.minus(DAY);
      return new DraftStatistics(
          revision,
          List.copyOf(contributors.values()),
          passes.size(),
          (int) passes.stream().filter(at -> at.isAfter(dayAgo)).count(),
          intervals(),
          longestUntil(completedAt == null ? present : completedAt),
          lastActivityAt);
    }

    private Hold longestUntil(Instant end) {
      if (holder == null) {
        throw new CorruptHistoryException("a history begins with draft_created");
      }
      Hold present = holder.until(end);
      return longest == null || present.time().compareTo(longest.time()) > 0 ? present : longest;
    }

    private @Nullable Intervals intervals() {
      if (passes.size() < 2) {
        return null;
      }
      long[] sorted =
          IntStream.range(1, passes.size())
              .mapToLong(i -> Duration.between(passes.get(i - 1), passes.get(i)).toMillis())
              .sorted()
              .toArray();
      long sum = Duration.between(passes.getFirst(), passes.getLast()).toMillis();
      long middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
      return new Intervals(Duration.ofMillis(sum / sorted.length), Duration.ofMillis(middle));
    }

    /** The present holder. */
    private record Holder(UserId user, long term, Instant since) {
      Hold until(Instant end) {
        Duration time = Duration.between(since, end);
        return new Hold(user, term, time.isNegative() ? Duration.ZERO : time);
      }
    }
  }
}
