package dev.ringdraft.view;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.view.DraftStatistics.Contributor;
import dev.ringdraft.view.DraftStatistics.Fold;
import dev.ringdraft.view.DraftStatistics.Hold;
import dev.ringdraft.view.DraftStatistics.Intervals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The figures of a draft are folded from its events, and from nothing else. */
final class DraftStatisticsTest {
  @Test
  void a_new_draft_has_its_creator_as_the_longest_holder_and_no_contributors() {
    DraftStatistics figures = of(30, created());

    assertEquals(List.of(), figures.contributors());
    assertEquals(0, figures.passes());
    assertNull(figures.betweenPasses());
    assertEquals(new Hold(ANA, 1, Duration.ofMinutes(30)), figures.longestHold());
    assertEquals(NOW, figures.lastActivityAt());
  }

  @Test
  void segments_and_words_count_by_author_in_the_order_of_their_first_segments() {
    DraftStatistics figures =
        of(
            30,
            created(),
            contributor(BEN),
            passed(ANA, BEN, 2, 1),
            wrote(BEN, 0, "The lamps go out"),
            passed(BEN, ANA, 3, 2),
            wrote(ANA, 1, " one\u00a0by\u3000one – \n now!"),
            passed(ANA, BEN, 4, 3),
            wrote(BEN, 2, "… 🏮"));

    assertEquals(
        List.of(new Contributor(BEN, 2, 4), new Contributor(ANA, 1, 4)), figures.contributors());
  }

  @Test
  void the_times_between_passes_have_a_mean_and_a_median() {
    DraftEvent[] log = {
      created(),
      contributor(BEN),
      passed(ANA, BEN, 2, 10),
      passed(BEN, ANA, 3, 11),
      passed(ANA, BEN, 4, 13),
      passed(BEN, ANA, 5, 22)
    };

    assertEquals(minutes(4, 2), of(30, log).betweenPasses());
    assertEquals(new Hold(ANA, 1, Duration.ofMinutes(10)), of(30, log).longestHold());
    assertEquals(new Hold(ANA, 5, Duration.ofMinutes(11)), of(33, log).longestHold());
  }

  @Test
  void with_an_even_number_of_times_the_median_is_between_the_two_in_the_middle() {
    assertEquals(
        minutes(3, 3),
        of(30, created(), passed(ANA, BEN, 2, 0), passed(BEN, ANA, 3, 2), passed(ANA, BEN, 4, 6))
            .betweenPasses());
  }

  @Test
  void a_pass_leaves_the_last_day_after_24_hours() {
    DraftEvent[] log = {created(), passed(ANA, BEN, 2, 1), passed(BEN, ANA, 3, 5)};

    assertEquals(2, of(24 * 60, log).passesInLastDay());
    assertEquals(1, of(24 * 60 + 1, log).passesInLastDay());
    assertEquals(0, of(24 * 60 + 5, log).passesInLastDay());
    assertEquals(2, of(24 * 60 + 5, log).passes());
  }

  @Test
  void the_last_hold_of_a_completed_draft_ends_with_its_completion() {
    DraftUpdated completed =
        new DraftUpdated(ANA, later(7), DraftChange.status(DraftStatus.COMPLETED));

    assertEquals(
        new Hold(ANA, 1, Duration.ofMinutes(7)), of(600, created(), completed).longestHold());
  }

  @Test
  void an_event_that_is_not_the_next_is_refused() {
    Fold fold = new Fold();
    assertThrows(CorruptHistoryException.class, () -> fold.at(NOW));
    assertThrows(
        CorruptHistoryException.class, () -> fold.add(new RecordedEvent(DRAFT, 2, created())));
  }

  @Test
  void figures_of_a_random_log_agree_with_a_count_of_the_whole_log_at_each_revision() {
    for (long seed = 1; seed <= 50; seed++) {
      List<DraftEvent> log = randomLog(new Random(seed));
      Fold inParts = new Fold();
      for (int end = 1; end <= log.size(); end++) {
        inParts.add(new RecordedEvent(DRAFT, end, log.get(end - 1)));
        DraftStatistics figures = inParts.at(later(10_000));
        DraftEvent[] whole = log.subList(0, end).toArray(DraftEvent[]::new);
        assertEquals(of(10_000, whole), figures, "seed " + seed);
        assertAgrees(log.subList(0, end), figures, "seed " + seed + ", revision " + end);
      }
    }
  }

  /** Counts again, each figure by itself. */
  private static void assertAgrees(List<DraftEvent> log, DraftStatistics figures, String where) {
    List<SegmentAdded> texts = all(log, SegmentAdded.class);
    List<RingPassed> passes = all(log, RingPassed.class);
    for (Contributor contributor : figures.contributors()) {
      List<SegmentAdded> own =
          texts.stream().filter(text -> text.actor().equals(contributor.userId())).toList();
      assertEquals(own.size(), contributor.segments(), where);
      assertEquals(
          own.stream().mapToLong(text -> text.segment().content().split(" ").length).sum(),
          contributor.words(),
          where);
    }
    assertEquals(
        texts.stream().map(SegmentAdded::actor).distinct().toList(),
        figures.contributors().stream().map(Contributor::userId).toList(),
        where);
    assertEquals(passes.size(), figures.passes(), where);
    LongStream.Builder holds = LongStream.builder();
    DraftEvent began = log.getFirst();
    for (RingPassed pass : passes) {
      holds.add(Duration.between(began.at(), pass.at()).toMillis());
      began = pass;
    }
    holds.add(Duration.between(began.at(), later(10_000)).toMillis());
    assertEquals(holds.build().max().orElseThrow(), figures.longestHold().time().toMillis(), where);
    assertEquals(log.getLast().at(), figures.lastActivityAt(), where);
  }

  private static <T extends DraftEvent> List<T> all(List<DraftEvent> log, Class<T> type) {
    return log.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<DraftEvent> randomLog(Random random) {
    List<UserId> cast = List.of(ANA, BEN, CLEO);
    List<DraftEvent> log = new ArrayList<>(List.of(created(), contributor(BEN), contributor(CLEO)));
    UserId holder = ANA;
    long term = 1;
    int position = 0;
    long minute = 0;
    for (int i = 0; i < 40; i++) {
      minute += random.nextInt(300);
      UserId next = cast.get(random.nextInt(3));
      if (next.equals(holder)) {
        String text = "a" + " word".repeat(random.nextInt(9));
        Segment segment = new Segment(SEGMENT, holder, text, position, later(minute));
        log.add(new SegmentAdded(segment));
        position++;
      } else {
        term++;
        log.add(passed(holder, next, term, minute));
        holder = next;
      }
    }
    return log;
  }

  private static DraftStatistics of(long minutes, DraftEvent... log) {
    Fold fold = new Fold();
    for (DraftEvent event : log) {
      fold.add(new RecordedEvent(DRAFT, fold.revision() + 1, event));
    }
    return fold.at(later(minutes));
  }

  private static Intervals minutes(long mean, long median) {
    return new Intervals(Duration.ofMinutes(mean), Duration.ofMinutes(median));
  }

  private static RingPassed passed(UserId from, UserId to, long term, long minute) {
    return new RingPassed(from, later(minute), from, to, term, PassReason.PASSED, null);
  }

  private static SegmentAdded wrote(UserId author, int position, String text) {
    return new SegmentAdded(new Segment(SEGMENT, author, text, position, NOW));
  }
}
