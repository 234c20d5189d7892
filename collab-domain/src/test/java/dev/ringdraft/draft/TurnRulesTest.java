package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.leave;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Commands.passToNext;
import static dev.ringdraft.testing.Commands.policy;
import static dev.ringdraft.testing.Commands.remove;
import static dev.ringdraft.testing.Commands.revoke;
import static dev.ringdraft.testing.Commands.revokeIn;
import static dev.ringdraft.testing.Commands.timeOut;
import static dev.ringdraft.testing.Commands.update;
import static dev.ringdraft.testing.Events.activeAgain;
import static dev.ringdraft.testing.Events.away;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.requested;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.under;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.NobodyEligible;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RecipientNotMember;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.draft.Rejection.TurnNotOver;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Scenario;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a turn ends, each way with the tests that prove it. Where turns have a limit, it is a minute.
 */
final class TurnRulesTest {
  private static final TurnPolicy DEFAULTS = TurnPolicy.defaults();
  private static final TurnPolicy TIMED = DEFAULTS.lasting(Duration.ofMinutes(1));
  private static final TurnPolicy IN_TURNS = TIMED.in(TurnOrder.ROUND_ROBIN);

  @Nested
  @DisplayName("passed: the holder passes the ring on, to a member or to the next holder")
  final class Passed {
    @Test
    void to_next_the_ring_goes_to_the_next_holder() {
      given(created(), contributor(BEN), contributor(CLEO))
          .when(passToNext(ANA))
          .then(passed(ANA, BEN, 2));
    }

    @Test
    void to_next_the_ring_goes_to_the_oldest_request_under_the_default_policy() {
      given(created(), contributor(BEN), contributor(CLEO), requested(CLEO), requested(BEN))
          .when(passToNext(ANA))
          .then(passed(ANA, CLEO, 2));
    }

    @Test
    void to_next_the_ring_goes_to_nobody_when_nobody_is_eligible() {
      given(created()).when(passToNext(ANA)).thenRejected(new NobodyEligible());
      given(created(), viewer(VERA)).when(passToNext(ANA)).thenRejected(new NobodyEligible());
      given(created(), contributor(BEN), away(BEN, true))
          .when(passToNext(ANA))
          .thenRejected(new NobodyEligible());
    }

    @Test
    void a_member_who_is_away_gets_the_ring_when_named() {
      given(created(), contributor(BEN), away(BEN, true))
          .when(pass(ANA, BEN))
          .then(passed(ANA, BEN, 2));
    }

    @Test
    void only_the_holder_passes_to_the_next_holder() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(passToNext(ANA))
          .thenRejected(new RingNotHeld(BEN));
      given(created()).when(passToNext(ZED)).thenRejected(new DraftUnknown());
    }

    @Test
    void a_pass_to_the_next_holder_for_another_turn_changes_nothing() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(new PassRing(BEN, NOW, null, 1L))
          .thenRejected(new RingMoved(BEN, 2));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void while_the_draft_is_not_active_the_ring_rests(DraftStatus status) {
      given(created(), contributor(BEN), became(status))
          .when(passToNext(ANA))
          .thenRejected(new DraftNotActive(status));
    }

    @Test
    void the_turn_that_begins_ends_a_limit_later() {
      given(created(TIMED), contributor(BEN))
          .when(pass(ANA, BEN))
          .then(moved(ANA, ANA, BEN, 2, PassReason.PASSED, NOW, later(1)));
    }
  }

  @Nested
  @DisplayName("returned: a holder who goes, or may write no more, hands the ring to who is next")
  final class Returned {
    private final Scenario benHolds =
        given(created(IN_TURNS), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2));

    @Test
    void a_holder_who_leaves_hands_the_ring_to_the_next_holder_first() {
      benHolds
          .when(leave(BEN))
          .then(moved(BEN, BEN, CLEO, 3, PassReason.RETURNED, NOW, later(1)), left(BEN));
    }

    @Test
    void a_holder_who_is_removed_hands_the_ring_to_the_next_holder_first() {
      benHolds
          .when(remove(ANA, BEN))
          .then(moved(ANA, BEN, CLEO, 3, PassReason.RETURNED, NOW, later(1)), removed(BEN));
    }

    @Test
    void a_holder_who_becomes_a_viewer_hands_the_ring_to_the_next_holder_first() {
      benHolds
          .when(update(ANA, BEN, MemberChange.role(Role.VIEWER)))
          .then(
              moved(ANA, BEN, CLEO, 3, PassReason.RETURNED, NOW, later(1)),
              became(BEN, Role.VIEWER));
    }

    @Test
    void a_holder_who_goes_away_or_stays_a_contributor_keeps_the_ring() {
      benHolds.when(update(ANA, BEN, MemberChange.away(true))).then(away(BEN, true));
      benHolds
          .when(update(ANA, BEN, MemberChange.role(Role.CONTRIBUTOR)))
          .then(became(BEN, Role.CONTRIBUTOR));
    }

    @Test
    void the_oldest_request_is_granted_under_the_default_policy() {
      given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2), requested(CLEO))
          .when(leave(BEN))
          .then(moved(BEN, BEN, CLEO, 3, PassReason.RETURNED, NOW, null), left(BEN));
    }

    @Test
    void without_a_request_the_creator_gets_the_ring_under_the_default_policy() {
      given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2))
          .when(leave(BEN))
          .then(moved(BEN, BEN, ANA, 3, PassReason.RETURNED, NOW, null), left(BEN));
    }

    @Test
    void the_creator_gets_the_ring_though_away_when_nobody_is_eligible() {
      given(created(IN_TURNS), contributor(BEN), passed(ANA, BEN, 2), away(ANA, true))
          .when(leave(BEN))
          .then(moved(BEN, BEN, ANA, 3, PassReason.RETURNED, NOW, later(1)), left(BEN));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void the_turn_that_begins_in_a_draft_that_rests_has_no_end_yet(DraftStatus status) {
      given(
              created(IN_TURNS),
              contributor(BEN),
              contributor(CLEO),
              passed(ANA, BEN, 2),
              became(status))
          .when(leave(BEN))
          .then(moved(BEN, BEN, CLEO, 3, PassReason.RETURNED, NOW, null), left(BEN));
    }
  }

  @Nested
  @DisplayName("revoked: the creator takes the ring back, for themselves or for another member")
  final class Revoked {
    private final Scenario benHolds =
        given(created(TIMED), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2));

    @Test
    void the_creator_takes_the_ring_back() {
      benHolds.when(revoke(ANA)).then(moved(ANA, BEN, ANA, 3, PassReason.REVOKED, NOW, later(1)));
      benHolds
          .when(revoke(ANA, ANA))
          .then(moved(ANA, BEN, ANA, 3, PassReason.REVOKED, NOW, later(1)));
    }

    @Test
    void the_creator_gives_the_ring_to_another_member() {
      benHolds
          .when(revoke(ANA, CLEO))
          .then(moved(ANA, BEN, CLEO, 3, PassReason.REVOKED, NOW, later(1)));
    }

    @Test
    void nobody_else_takes_the_ring() {
      benHolds.when(revoke(CLEO)).thenRejected(new CreatorRequired());
      benHolds.when(revoke(BEN, CLEO)).thenRejected(new CreatorRequired());
      benHolds.when(revoke(ZED)).thenRejected(new DraftUnknown());
    }

    @Test
    void the_ring_is_not_taken_from_whom_it_would_go_to() {
      benHolds.when(revoke(ANA, BEN)).thenRejected(new AlreadyHolder(BEN));
      given(created()).when(revoke(ANA)).thenRejected(new AlreadyHolder(ANA));
    }

    @Test
    void the_ring_goes_to_a_member_who_may_write_only() {
      benHolds.when(revoke(ANA, ZED)).thenRejected(new RecipientNotMember(ZED));
      given(created(), contributor(BEN), viewer(VERA), passed(ANA, BEN, 2))
          .when(revoke(ANA, VERA))
          .thenRejected(new RecipientCannotWrite(VERA));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 1, 3, Long.MAX_VALUE})
    void the_ring_is_not_taken_for_another_turn(long term) {
      benHolds.when(revokeIn(term, ANA, ANA)).thenRejected(new RingMoved(BEN, 2));
    }

    @Test
    void the_ring_is_taken_for_this_turn() {
      benHolds
          .when(revokeIn(2, ANA, ANA))
          .then(moved(ANA, BEN, ANA, 3, PassReason.REVOKED, NOW, later(1)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void while_the_draft_is_not_active_the_ring_rests(DraftStatus status) {
      given(created(), contributor(BEN), passed(ANA, BEN, 2), became(status))
          .when(revoke(ANA))
          .thenRejected(new DraftNotActive(status));
    }
  }

  @Nested
  @DisplayName("turn_complete: the last segment of a turn and the pass are one commit")
  final class Complete {
    private final TurnPolicy two = IN_TURNS.ofSegments(2);

    @Test
    void the_last_segment_passes_the_ring_to_the_next_holder() {
      given(created(two), contributor(BEN), segment(ANA, 0))
          .when(append(ANA))
          .then(segment(ANA, 1), moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, later(1)));
    }

    @Test
    void a_segment_before_the_last_passes_nothing() {
      given(created(two), contributor(BEN)).when(append(ANA)).then(segment(ANA, 0));
    }

    @Test
    void the_segments_of_earlier_turns_do_not_count() {
      given(created(two), contributor(BEN), segment(ANA, 0), passed(ANA, BEN, 2))
          .when(append(BEN))
          .then(segment(BEN, 1));
    }

    @Test
    void the_count_of_segments_goes_on_when_the_draft_is_active_again() {
      given(
              created(two),
              contributor(BEN),
              segment(ANA, 0),
              became(DraftStatus.LOCKED),
              became(DraftStatus.ACTIVE))
          .when(append(ANA))
          .then(segment(ANA, 1), moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, later(1)));
    }

    @Test
    void the_next_append_completes_the_turn_when_the_policy_allows_fewer_than_are_written() {
      given(
              created(),
              contributor(BEN),
              segment(ANA, 0),
              segment(ANA, 1),
              segment(ANA, 2),
              under(two))
          .when(append(ANA))
          .then(segment(ANA, 3), moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, later(1)));
    }

    @Test
    void while_nobody_is_eligible_the_turn_goes_on_and_a_later_append_completes_it() {
      given(created(two), segment(ANA, 0)).when(append(ANA)).then(segment(ANA, 1));
      given(created(two), segment(ANA, 0), segment(ANA, 1)).when(append(ANA)).then(segment(ANA, 2));
      given(created(two), segment(ANA, 0), segment(ANA, 1), contributor(BEN))
          .when(append(ANA))
          .then(segment(ANA, 2), moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, later(1)));
    }

    @Test
    void an_initial_segment_counts() {
      given(created(two.ofSegments(1)), segment(ANA, 0), contributor(BEN))
          .when(append(ANA))
          .then(segment(ANA, 1), moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, later(1)));
    }
  }

  @Nested
  @DisplayName("timed_out: the deadline has passed and somebody is eligible")
  final class TimedOut {
    private final Scenario timed = given(created(TIMED), contributor(BEN), segment(ANA, 0));

    @Test
    void from_the_deadline_on_the_turn_is_over() {
      timed.when(timeOut(1, later(1))).then(timedOut(ANA, BEN, 2, later(1)));
      timed.when(timeOut(1, later(60))).then(timedOut(ANA, BEN, 2, later(60)));
    }

    @Test
    void before_the_deadline_the_turn_is_not_over() {
      timed.when(timeOut(1, NOW)).thenRejected(new TurnNotOver(later(1)));
      timed.when(timeOut(1, later(1).minusMillis(1))).thenRejected(new TurnNotOver(later(1)));
      timed.when(timeOut(1, later(1).minusNanos(1))).thenRejected(new TurnNotOver(later(1)));
    }

    @Test
    void a_turn_without_a_limit_is_never_over() {
      given(created(), contributor(BEN))
          .when(timeOut(1, later(1_000_000)))
          .thenRejected(new TurnNotOver(null));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 2, Long.MAX_VALUE})
    void another_turn_than_the_present_one_is_not_ended(long term) {
      timed.when(timeOut(term, later(1))).thenRejected(new RingMoved(ANA, 1));
    }

    @Test
    void while_nobody_is_eligible_the_turn_goes_on() {
      given(created(TIMED)).when(timeOut(1, later(1))).thenRejected(new NobodyEligible());
      given(created(TIMED), contributor(BEN), away(BEN, true))
          .when(timeOut(1, later(1)))
          .thenRejected(new NobodyEligible());
    }

    @Test
    void as_soon_as_somebody_is_eligible_the_turn_is_over() {
      given(created(TIMED), segment(ANA, 0), contributor(BEN))
          .when(timeOut(1, later(5)))
          .then(timedOut(ANA, BEN, 2, later(5)));
      given(created(TIMED), contributor(BEN), segment(ANA, 0), away(BEN, true), away(BEN, false))
          .when(timeOut(1, later(5)))
          .then(timedOut(ANA, BEN, 2, later(5)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void while_the_draft_is_not_active_nothing_times_out(DraftStatus status) {
      given(created(TIMED), contributor(BEN), became(status))
          .when(timeOut(1, later(5)))
          .thenRejected(new DraftNotActive(status));
    }

    @Test
    void when_the_draft_is_active_again_the_turn_starts_anew() {
      Scenario again =
          given(
              created(TIMED),
              contributor(BEN),
              segment(ANA, 0),
              became(DraftStatus.LOCKED),
              new DraftUpdated(ANA, later(3), DraftChange.status(DraftStatus.ACTIVE)));

      again.when(timeOut(1, later(4).minusMillis(1))).thenRejected(new TurnNotOver(later(4)));
      again.when(timeOut(1, later(4))).then(timedOut(ANA, BEN, 2, later(4)));
    }

    @Test
    void a_draft_that_stays_active_keeps_its_deadline() {
      given(
              created(TIMED),
              contributor(BEN),
              segment(ANA, 0),
              new DraftUpdated(ANA, later(3), new DraftChange("T", DraftStatus.ACTIVE, null)))
          .when(timeOut(1, later(1)))
          .then(timedOut(ANA, BEN, 2, later(1)));
    }

    @Test
    void another_limit_holds_for_the_present_turn_counted_from_its_start() {
      Scenario longer =
          given(
              created(TIMED),
              contributor(BEN),
              segment(ANA, 0),
              new DraftUpdated(
                  ANA, later(3), DraftChange.turnPolicy(DEFAULTS.lasting(Duration.ofMinutes(5)))));

      longer.when(timeOut(1, later(4))).thenRejected(new TurnNotOver(later(5)));
      longer
          .when(timeOut(1, later(5)))
          .then(moved(UserId.TIMER, ANA, BEN, 2, PassReason.TIMED_OUT, later(5), later(10)));
    }

    @Test
    void a_limit_that_is_taken_away_ends_no_turn() {
      given(created(TIMED), contributor(BEN), under(DEFAULTS))
          .when(timeOut(1, later(5)))
          .thenRejected(new TurnNotOver(null));
    }

    @Test
    void the_turn_that_follows_is_counted_from_the_end_of_the_one_before() {
      Scenario bens =
          given(
              created(TIMED),
              contributor(BEN),
              segment(ANA, 0),
              timedOut(ANA, BEN, 2, later(7)),
              segment(BEN, 1));

      bens.when(timeOut(2, later(8).minusMillis(1))).thenRejected(new TurnNotOver(later(8)));
      bens.when(timeOut(2, later(8))).then(timedOut(BEN, ANA, 3, later(8)));
    }

    @Test
    void a_limit_is_counted_to_the_millisecond_that_the_start_was_kept_in() {
      Instant fine = NOW.plusNanos(999_999);
      given(
              created(TIMED),
              contributor(BEN),
              segment(ANA, 0),
              moved(ANA, ANA, BEN, 2, PassReason.PASSED, fine, null),
              segment(BEN, 1))
          .when(timeOut(2, later(1)))
          .then(timedOut(BEN, ANA, 3, later(1)));
    }
  }

  @Nested
  @DisplayName("the end of a turn, as people see it")
  final class EndsAt {
    @Test
    void a_turn_ends_a_limit_after_its_start() {
      assertEquals(later(1), Draft.replay(List.of(created(TIMED))).turnEndsAt());
      assertNull(Draft.replay(List.of(created())).turnEndsAt());
    }

    @Test
    void a_turn_of_a_draft_that_rests_has_no_end() {
      assertNull(Draft.replay(List.of(created(TIMED), became(DraftStatus.LOCKED))).turnEndsAt());
    }

    @Test
    void a_turn_times_out_only_when_somebody_is_next() {
      assertNull(Draft.replay(List.of(created(TIMED))).timesOutAt());
      assertEquals(later(1), Draft.replay(List.of(created(TIMED), contributor(BEN))).timesOutAt());
      assertNull(
          Draft.replay(List.of(created(TIMED), contributor(BEN), became(DraftStatus.LOCKED)))
              .timesOutAt());
    }
  }

  @Nested
  @DisplayName("the policy is the creator's")
  final class Policy {
    @Test
    void the_creator_replaces_the_policy_as_a_whole() {
      given(created(IN_TURNS.ofSegments(3)), under(TIMED))
          .when(policy(ANA, DEFAULTS))
          .then(under(DEFAULTS));
      assertEquals(
          DEFAULTS,
          Draft.replay(List.of(created(IN_TURNS.ofSegments(3)), under(DEFAULTS))).turns().policy());
    }

    @Test
    void nobody_else_replaces_the_policy() {
      given(created(), contributor(BEN))
          .when(policy(BEN, TIMED))
          .thenRejected(new CreatorRequired());
    }

    @Test
    void the_policy_of_a_draft_that_rests_may_change() {
      given(created(), became(DraftStatus.LOCKED)).when(policy(ANA, TIMED)).then(under(TIMED));
    }

    @Test
    void a_draft_without_a_policy_has_the_default() {
      assertEquals(DEFAULTS, Draft.replay(List.of(created())).turns().policy());
    }
  }

  @Nested
  @DisplayName("a member who acts is not away any more, in the same commit")
  final class ActiveAgain {
    private final Scenario anaIsAway =
        given(created(), contributor(BEN), contributor(CLEO), away(ANA, true));

    @Test
    void who_appends_is_back() {
      anaIsAway.when(append(ANA)).then(segment(ANA, 0), activeAgain(ANA));
    }

    @Test
    void who_passes_is_back() {
      anaIsAway.when(pass(ANA, BEN)).then(passed(ANA, BEN, 2), activeAgain(ANA));
      anaIsAway.when(passToNext(ANA)).then(passed(ANA, BEN, 2), activeAgain(ANA));
    }

    @Test
    void who_completes_a_turn_is_back() {
      given(created(DEFAULTS.ofSegments(1)), contributor(BEN), away(ANA, true))
          .when(append(ANA))
          .then(
              segment(ANA, 0),
              moved(ANA, ANA, BEN, 2, PassReason.TURN_COMPLETE, NOW, null),
              activeAgain(ANA));
    }

    @Test
    void a_creator_who_takes_the_ring_back_is_back() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2), away(ANA, true))
          .when(revoke(ANA))
          .then(moved(ANA, BEN, ANA, 3, PassReason.REVOKED, NOW, null), activeAgain(ANA));
    }

    @Test
    void another_who_is_away_stays_away() {
      given(created(), contributor(BEN), away(BEN, true)).when(append(ANA)).then(segment(ANA, 0));
    }
  }

  @Test
  void no_history_ends_a_turn_while_the_draft_rests_unless_its_holder_goes() {
    Draft locked =
        Draft.replay(List.of(created(TIMED), contributor(BEN), became(DraftStatus.LOCKED)));

    for (PassReason reason : PassReason.values()) {
      RingPassed passed = moved(ANA, ANA, BEN, 2, reason, NOW, null);
      if (reason != PassReason.RETURNED) {
        assertThrows(CorruptHistoryException.class, () -> locked.evolve(passed));
      }
    }
  }

  private static RingPassed timedOut(UserId from, UserId to, long term, Instant at) {
    return moved(
        UserId.TIMER, from, to, term, PassReason.TIMED_OUT, at, at.plus(Duration.ofMinutes(1)));
  }

  private static RingPassed moved(
      UserId actor,
      UserId from,
      UserId to,
      long term,
      PassReason reason,
      Instant at,
      @Nullable Instant turnEndsAt) {
    return new RingPassed(actor, at, from, to, term, reason, turnEndsAt);
  }
}
