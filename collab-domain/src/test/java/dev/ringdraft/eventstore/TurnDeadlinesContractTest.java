package dev.ringdraft.eventstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.contract.TurnDeadlinesContract;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.view.DraftSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of deadlines, judged: it must fail for each finder that breaks a promise. */
final class TurnDeadlinesContractTest {
  private static final int TESTS = 18;

  @Test
  void deadlines_that_look_at_each_draft_pass() {
    SuiteRun run = SuiteRun.of(OfSound.class);

    assertEquals(Set.of(), run.failed());
    assertEquals(TESTS, run.passed().size());
  }

  @Test
  void deadlines_that_find_nothing_are_caught() {
    assertCaught(
        OfNothing.class, "a_turn_is_overdue_after_its_deadline", "the_longest_overdue_comes_first");
  }

  @Test
  void deadlines_by_a_clock_that_is_ahead_are_caught() {
    assertCaught(
        OfClockAhead.class,
        "a_turn_is_overdue_after_its_deadline",
        "a_turn_is_not_overdue_before_its_deadline");
  }

  @Test
  void deadlines_that_find_a_turn_a_second_early_are_caught() {
    assertCaught(OfEarly.class, "a_turn_becomes_overdue_when_its_deadline_comes");
  }

  @Test
  void deadlines_that_find_turns_in_another_order_are_caught() {
    assertCaught(
        OfYoungestFirst.class,
        "the_longest_overdue_comes_first",
        "no_more_than_the_limit_are_found_and_the_longest_overdue_are_among_them");
  }

  @Test
  void deadlines_that_order_by_the_start_of_the_turn_are_caught() {
    assertCaught(OfOldestStartFirst.class, "the_longest_overdue_comes_first");
  }

  @Test
  void deadlines_that_ignore_the_limit_are_caught() {
    assertCaught(
        OfNoLimit.class, "no_more_than_the_limit_are_found_and_the_longest_overdue_are_among_them");
  }

  @Test
  void deadlines_that_ignore_the_status_are_caught() {
    assertCaught(OfAnyStatus.class, "no_turn_of_a_draft_that_is_not_active_is_overdue");
  }

  @Test
  void deadlines_that_ignore_whether_anybody_is_next_are_caught() {
    assertCaught(
        OfNobodyNext.class,
        "no_turn_is_overdue_while_the_holder_is_alone",
        "no_turn_is_overdue_while_all_others_are_away",
        "a_turn_that_timed_out_and_left_nobody_next_is_overdue_when_somebody_comes_back");
  }

  @Test
  void deadlines_that_are_kept_only_when_the_ring_moves_are_caught() {
    assertCaught(
        OfStale.class,
        "a_draft_that_is_active_again_has_its_deadline_counted_from_then",
        "another_policy_moves_the_deadline_of_the_present_turn",
        "no_turn_is_overdue_while_all_others_are_away");
  }

  @Test
  void deadlines_that_find_the_turn_before_are_caught() {
    assertCaught(OfTermBefore.class, "the_turn_that_follows_has_a_deadline_of_its_own");
  }

  private static void assertCaught(Class<?> suite, String... by) {
    assertEquals(Set.of(by), SuiteRun.of(suite, by).failed());
  }

  /** A suite over deadlines that look at each draft of a store in memory. */
  @ExtendWith(SuiteRun.Only.class)
  abstract static class OfLooking extends TurnDeadlinesContract implements TurnDeadlines {
    private final InMemoryDraftEventStore sound = new InMemoryDraftEventStore();
    private final Map<DraftId, Long> drafts = new ConcurrentHashMap<>();

    @Override
    protected DraftEventStore store() {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          AppendResult result = super.append(commit);
          drafts.putIfAbsent(commit.draft(), 0L);
          return result;
        }
      };
    }

    @Override
    protected TurnDeadlines deadlines() {
      return this;
    }

    @Override
    public List<OverdueTurn> overdue(boolean starting, int limit) {
      Instant now = now();
      return drafts.keySet().stream()
          .map(draft -> sound.summary(draft).orElseThrow())
          .filter(summary -> isOver(deadlineOf(summary), now))
          .sorted(order())
          .limit(limit(limit))
          .map(summary -> new OverdueTurn(summary.id(), term(summary), deadline(summary, now), now))
          .toList();
    }

    private static Instant deadline(DraftSummary summary, Instant otherwise) {
      return Objects.requireNonNullElse(summary.draft().turns().deadline(), otherwise);
    }

    private static boolean isOver(@Nullable Instant deadline, Instant now) {
      return deadline != null && !deadline.isAfter(now);
    }

    Instant now() {
      return Instant.now();
    }

    @Nullable Instant deadlineOf(DraftSummary summary) {
      return summary.draft().timesOutAt();
    }

    Comparator<DraftSummary> order() {
      return Comparator.comparing(
          summary -> summary.draft().timesOutAt(), Comparator.nullsLast(Comparator.naturalOrder()));
    }

    int limit(int asked) {
      return asked;
    }

    long term(DraftSummary summary) {
      return summary.ring().ring().term();
    }
  }

  static final class OfSound extends OfLooking {}

  static final class OfNothing extends OfLooking {
    @Override
    int limit(int asked) {
      return 0;
    }
  }

  static final class OfClockAhead extends OfLooking {
    @Override
    Instant now() {
      return Instant.now().plus(Duration.ofDays(2));
    }
  }

  static final class OfEarly extends OfLooking {
    @Override
    @Nullable Instant deadlineOf(DraftSummary summary) {
      Instant deadline = super.deadlineOf(summary);
      return deadline == null ? null : deadline.minusSeconds(1);
    }
  }

  static final class OfYoungestFirst extends OfLooking {
    @Override
    Comparator<DraftSummary> order() {
      return super.order().reversed();
    }
  }

  static final class OfOldestStartFirst extends OfLooking {
    @Override
    Comparator<DraftSummary> order() {
      return Comparator.comparing(summary -> summary.turns().startedAt());
    }
  }

  static final class OfNoLimit extends OfLooking {
    @Override
    int limit(int asked) {
      return Integer.MAX_VALUE;
    }
  }

  static final class OfAnyStatus extends OfLooking {
    @Override
    @Nullable Instant deadlineOf(DraftSummary summary) {
      return summary.turns().deadline();
    }
  }

  static final class OfNobodyNext extends OfLooking {
    @Override
    @Nullable Instant deadlineOf(DraftSummary summary) {
      return summary.draft().turnEndsAt();
    }
  }

  /** Looks at the draft again only when its ring has moved. */
  static final class OfStale extends OfLooking {
    private final Map<DraftId, DraftSummary> kept = new ConcurrentHashMap<>();

    @Override
    @Nullable Instant deadlineOf(DraftSummary summary) {
      DraftSummary known =
          kept.merge(
              summary.id(), summary, (old, next) -> old.ring().equals(next.ring()) ? old : next);
      Draft draft = known.draft();
      return summary.status() == DraftStatus.COMPLETED ? null : draft.timesOutAt();
    }
  }

  static final class OfTermBefore extends OfLooking {
    @Override
    long term(DraftSummary summary) {
      return Math.max(1, super.term(summary) - 1);
    }
  }
}
