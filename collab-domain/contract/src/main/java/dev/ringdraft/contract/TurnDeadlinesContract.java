package dev.ringdraft.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Concurrently;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link TurnDeadlines} promises, as tests. Extend it and give it the deadlines and the
 * store whose turns they find. One store may serve all tests: each works on drafts of its own, and
 * completes them in the end.
 *
 * <p>The clock that counts need not be set. Turns are overdue because their commits carry instants
 * of long ago. It must agree with this machine's clock to within an hour.
 */
public abstract class TurnDeadlinesContract {
  private static final int SERVERS = 4;
  private static final int ALL = 100_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TurnPolicy TIMED = TurnPolicy.defaults().lasting(LIMIT);

  /** A turn that starts then is overdue, and longer than those of other suites. */
  private static final Instant LONG_AGO = Instant.parse("1999-12-31T23:59:59.999Z");

  private final UserId ana = DraftFixture.freshUser("ana");
  private final UserId ben = DraftFixture.freshUser("ben");
  private final UserId cleo = DraftFixture.freshUser("cleo");
  private final List<DraftFixture> drafts = Collections.synchronizedList(new ArrayList<>());

  /** Where the tests commit. */
  protected abstract DraftEventStore store();

  /** The deadlines to be judged, of the turns in {@link #store()}; no grace is running. */
  protected abstract TurnDeadlines deadlines();

  @AfterEach
  final void completeDrafts() {
    for (DraftFixture draft : drafts) {
      if (draft.draft().status() != DraftStatus.COMPLETED) {
        draft.commit(draft.updated(null, DraftStatus.COMPLETED));
      }
    }
  }

  // After the deadline and not before.

  @Test
  void a_turn_is_overdue_after_its_deadline() {
    DraftFixture draft = overdue();

    OverdueTurn found = found(draft).orElseThrow();

    assertEquals(draft.id(), found.draft());
    assertEquals(1, found.term());
    assertEquals(LONG_AGO.plus(LIMIT), found.deadline());
    assertFalse(found.seenAt().isBefore(LONG_AGO.plus(LIMIT)));
    Duration difference = Duration.between(found.seenAt(), Instant.now()).abs();
    assertTrue(difference.compareTo(Duration.ofHours(1)) < 0, difference::toString);
  }

  @Test
  void a_turn_is_not_overdue_before_its_deadline() {
    DraftFixture draft = draft(Instant.now(), TurnPolicy.defaults().lasting(Duration.ofDays(1)));

    assertEquals(Optional.empty(), found(draft));
  }

  @Test
  void a_turn_becomes_overdue_when_its_deadline_comes() {
    Instant deadline = Instant.now().plusMillis(300);
    DraftFixture draft = draft(deadline.minus(LIMIT), TIMED);

    Eventually.until(() -> found(draft).isPresent());

    Instant seenAt = found(draft).orElseThrow().seenAt();
    assertFalse(seenAt.isBefore(draft.draft().turns().startedAt().plus(LIMIT)), seenAt::toString);
  }

  @Test
  void a_turn_without_a_limit_is_never_overdue() {
    DraftFixture draft = draft(LONG_AGO, TurnPolicy.defaults());

    assertEquals(Optional.empty(), found(draft));
  }

  @Test
  void a_segment_does_not_move_the_deadline() {
    DraftFixture draft = overdue();
    draft.at(Instant.now()).commit(draft.segment("words"));

    assertEquals(1, found(draft).orElseThrow().term());
  }

  // Which turns.

  @Test
  void the_longest_overdue_comes_first() {
    DraftFixture second = draft(LONG_AGO.plusSeconds(1), TIMED);
    DraftFixture first = draft(LONG_AGO, TIMED);
    DraftFixture third = draft(LONG_AGO.minusSeconds(60), TIMED.lasting(Duration.ofSeconds(122)));

    assertEquals(
        List.of(first.id(), second.id(), third.id()),
        deadlines().overdue(false, ALL).stream()
            .map(OverdueTurn::draft)
            .filter(found -> drafts.stream().anyMatch(draft -> draft.id().equals(found)))
            .toList());
  }

  @Test
  void no_more_than_the_limit_are_found_and_the_longest_overdue_are_among_them() {
    for (int i = 5; i > 0; i--) {
      draft(LONG_AGO.plusSeconds(i), TIMED);
    }

    assertEquals(
        List.of(drafts.get(4).id(), drafts.get(3).id()),
        deadlines().overdue(false, 2).stream().map(OverdueTurn::draft).toList());
    assertEquals(1, deadlines().overdue(false, 1).size());
  }

  @Test
  void each_look_finds_a_turn_that_is_overdue_once() {
    DraftFixture draft = overdue();

    for (int look = 0; look < 3; look++) {
      assertEquals(
          1,
          deadlines().overdue(false, ALL).stream()
              .filter(turn -> turn.draft().equals(draft.id()))
              .count());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
  void no_turn_of_a_draft_that_is_not_active_is_overdue(DraftStatus status) {
    DraftFixture draft = overdue();
    draft.commit(draft.updated(null, status));

    assertEquals(Optional.empty(), found(draft));
  }

  @Test
  void a_draft_that_is_active_again_has_its_deadline_counted_from_then() {
    DraftFixture draft = overdue();
    draft.commit(draft.updated(null, DraftStatus.LOCKED));
    draft.at(Instant.now()).commit(draft.updated(null, DraftStatus.ACTIVE));
    assertEquals(Optional.empty(), found(draft));
    draft.commit(draft.updated(null, DraftStatus.LOCKED));
    draft.at(LONG_AGO.plusSeconds(5)).commit(draft.updated(null, DraftStatus.ACTIVE));

    assertEquals(1, found(draft).orElseThrow().term());
  }

  @Test
  void another_policy_moves_the_deadline_of_the_present_turn() {
    DraftFixture draft = draft(LONG_AGO, TurnPolicy.defaults());
    draft.at(Instant.now()).commit(draft.under(TIMED));
    assertEquals(1, found(draft).orElseThrow().term());
    draft.commit(draft.under(TurnPolicy.defaults()));
    assertEquals(Optional.empty(), found(draft));
  }

  // Somebody has to be next.

  @Test
  void no_turn_is_overdue_while_the_holder_is_alone() {
    DraftFixture draft = fixture().at(LONG_AGO).begun(TIMED);
    assertEquals(Optional.empty(), found(draft));
    draft.commit(draft.added(ben, Role.VIEWER));
    assertEquals(Optional.empty(), found(draft));
    draft.commit(draft.updated(ben, MemberChange.role(Role.CONTRIBUTOR)));
    assertEquals(1, found(draft).orElseThrow().term());
    draft.commit(draft.removed(ben));
    assertEquals(Optional.empty(), found(draft));
  }

  @Test
  void no_turn_is_overdue_while_all_others_are_away() {
    DraftFixture draft = overdue();
    draft.commit(draft.updated(ben, MemberChange.away(true)));
    assertEquals(Optional.empty(), found(draft));
    draft.commit(draft.updated(ben, MemberChange.away(false)));
    assertEquals(1, found(draft).orElseThrow().term());
  }

  @Test
  void a_turn_whose_others_are_away_is_overdue_when_somebody_joins() {
    DraftFixture draft = overdue();
    draft.commit(draft.updated(ben, MemberChange.away(true)));
    draft.commit(draft.added(cleo, Role.CONTRIBUTOR));

    assertEquals(1, found(draft).orElseThrow().term());
  }

  // The turn that follows.

  @ParameterizedTest
  @EnumSource(PassReason.class)
  void a_turn_that_ended_is_not_overdue(PassReason reason) {
    DraftFixture draft = overdue();
    draft.at(Instant.now()).commit(draft.pass(ana, ben, reason));

    assertEquals(Optional.empty(), found(draft));
  }

  @Test
  void the_turn_that_follows_has_a_deadline_of_its_own() {
    DraftFixture draft = overdue();
    draft.at(LONG_AGO.plusSeconds(70)).commit(draft.timedOut(ben));

    assertEquals(2, found(draft).orElseThrow().term());
  }

  @Test
  void a_turn_that_timed_out_and_left_nobody_next_is_overdue_when_somebody_comes_back() {
    DraftFixture draft = overdue();
    draft
        .at(LONG_AGO.plusSeconds(70))
        .commit(draft.timedOut(ben), draft.updated(ana, MemberChange.away(true)));
    assertEquals(Optional.empty(), found(draft));
    draft.commit(draft.updated(ana, MemberChange.away(false)));

    assertEquals(2, found(draft).orElseThrow().term());
  }

  // Many at once.

  @Test
  void of_many_servers_that_find_a_turn_exactly_one_ends_it() {
    DraftFixture draft = overdue();
    List<OverdueTurn> turns = Concurrently.atOnce(SERVERS, i -> found(draft).orElseThrow());

    List<Boolean> ended =
        Concurrently.atOnce(
            SERVERS,
            i -> {
              DraftCommands server =
                  new DraftCommands(
                      store(), CommitListener.none(), DraftLimits.defaults(), IdSource.random());
              return new TurnTimeouts(server, deadlines(), Instant::now).end(turns.get(i));
            });

    assertEquals(1, Collections.frequency(ended, true), ended::toString);
    List<RecordedEvent> after = store().readAfter(draft.id(), draft.revision(), ALL);
    assertEquals(1, after.size());
    RingPassed passed = (RingPassed) after.getFirst().event();
    assertEquals(PassReason.TIMED_OUT, passed.reason());
    assertEquals(UserId.TIMER, passed.actor());
    draft.wrote(draft.next(passed));
    assertEquals(Optional.empty(), found(draft));
  }

  /** A draft of ANA's and BEN's whose first turn is overdue. */
  private DraftFixture overdue() {
    return draft(LONG_AGO, TIMED);
  }

  private DraftFixture draft(Instant start, TurnPolicy policy) {
    DraftFixture draft = fixture().at(start).begun(policy);
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    return draft;
  }

  private DraftFixture fixture() {
    DraftFixture draft = DraftFixture.of(store(), DraftFixture.freshId(), ana);
    drafts.add(draft);
    return draft;
  }

  private Optional<OverdueTurn> found(DraftFixture draft) {
    return deadlines().overdue(false, ALL).stream()
        .filter(turn -> turn.draft().equals(draft.id()))
        .findFirst();
  }
}
