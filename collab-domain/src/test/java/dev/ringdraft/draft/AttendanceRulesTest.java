package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Commands.timeOut;
import static dev.ringdraft.testing.Commands.update;
import static dev.ringdraft.testing.Events.away;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.under;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.Rejection.CollaboratorUnknown;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.CreatorStays;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Scenario;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of who is away, and of how a member is changed. Turns have a limit of a minute. */
final class AttendanceRulesTest {
  private static final TurnPolicy TIMED =
      TurnPolicy.defaults().in(TurnOrder.ROUND_ROBIN).lasting(Duration.ofMinutes(1));

  @Nested
  final class Missing {
    @Test
    void a_turn_that_times_out_without_a_segment_is_missed() {
      Draft draft = Draft.replay(List.of(created(TIMED), contributor(BEN), timedOut(ANA, BEN, 2)));

      assertEquals(1, draft.turns().attendanceOf(ANA).missed());
      assertEquals(0, draft.turns().attendanceOf(BEN).missed());
    }

    @Test
    void the_last_of_the_missed_turns_makes_its_holder_away_in_the_same_commit() {
      given(created(TIMED), contributor(BEN), timedOut(ANA, BEN, 2), passed(BEN, ANA, 3))
          .when(timeOut(3, later(1)))
          .then(timedOut(ANA, BEN, 4, later(1)), missedTooMany(ANA, later(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void so_many_missed_turns_in_a_row_as_the_policy_says_make_a_member_away(int limit) {
      List<DraftEvent> history = new ArrayList<>();
      history.add(created(TIMED.awayAfter(limit)));
      history.add(contributor(BEN));
      for (int missed = 1; missed < limit; missed++) {
        history.add(timedOut(ANA, BEN, 2L * missed));
        history.add(passed(BEN, ANA, 2L * missed + 1));
      }
      long term = 2L * limit - 1;

      given(history.toArray(DraftEvent[]::new))
          .when(timeOut(term, later(1)))
          .then(timedOut(ANA, BEN, term + 1, later(1)), missedTooMany(ANA, later(1)));
    }

    @Test
    void a_turn_with_a_segment_is_not_missed_and_begins_the_count_anew() {
      given(
              created(TIMED),
              contributor(BEN),
              timedOut(ANA, BEN, 2),
              passed(BEN, ANA, 3),
              segment(ANA, 0))
          .when(timeOut(3, later(1)))
          .then(timedOut(ANA, BEN, 4, later(1)));
      given(
              created(TIMED),
              contributor(BEN),
              timedOut(ANA, BEN, 2),
              passed(BEN, ANA, 3),
              segment(ANA, 0),
              timedOut(ANA, BEN, 4),
              passed(BEN, ANA, 5))
          .when(timeOut(5, later(1)))
          .then(timedOut(ANA, BEN, 6, later(1)));
    }

    @Test
    void a_turn_that_its_holder_passed_on_begins_the_count_anew() {
      given(
              created(TIMED),
              contributor(BEN),
              timedOut(ANA, BEN, 2),
              passed(BEN, ANA, 3),
              passed(ANA, BEN, 4),
              passed(BEN, ANA, 5))
          .when(timeOut(5, later(1)))
          .then(timedOut(ANA, BEN, 6, later(1)));
    }

    @Test
    void a_turn_that_the_creator_took_back_is_not_missed_and_does_not_begin_the_count_anew() {
      Draft draft =
          Draft.replay(
              List.of(
                  created(TIMED.awayAfter(10)),
                  contributor(BEN),
                  passed(ANA, BEN, 2),
                  timedOut(BEN, ANA, 3),
                  passed(ANA, BEN, 4),
                  new RingPassed(ANA, NOW, BEN, ANA, 5, PassReason.REVOKED, later(1))));

      assertEquals(1, draft.turns().attendanceOf(BEN).missed());
    }

    @Test
    void missed_turns_of_others_do_not_count() {
      given(
              created(TIMED),
              contributor(BEN),
              timedOut(ANA, BEN, 2),
              segment(BEN, 0),
              passed(BEN, ANA, 3),
              segment(ANA, 1),
              passed(ANA, BEN, 4))
          .when(timeOut(4, later(1)))
          .then(timedOut(BEN, ANA, 5, later(1)));
    }

    @Test
    void nobody_goes_away_by_missed_turns_when_the_policy_says_never() {
      Draft draft = Draft.replay(List.of(created(TIMED.awayAfter(null)), contributor(BEN)));
      for (int turn = 1; turn <= 30; turn++) {
        Accepted timedOut =
            (Accepted)
                draft.decide(timeOut(draft.ring().term(), later(turn)), DraftLimits.defaults());
        assertEquals(1, timedOut.events().size());
        draft = draft.evolve(timedOut.events().getFirst());
      }
    }

    @Test
    void a_lower_limit_makes_away_with_the_next_missed_turn() {
      given(
              created(TIMED.awayAfter(10)),
              contributor(BEN),
              timedOut(ANA, BEN, 2),
              passed(BEN, ANA, 3),
              timedOut(ANA, BEN, 4),
              passed(BEN, ANA, 5),
              under(TIMED.awayAfter(1)))
          .when(timeOut(5, later(1)))
          .then(timedOut(ANA, BEN, 6, later(1)), missedTooMany(ANA, later(1)));
    }

    @Test
    void who_is_away_already_is_not_made_away_again() {
      given(created(TIMED.awayAfter(1)), contributor(BEN), away(ANA, true))
          .when(timeOut(1, later(1)))
          .then(timedOut(ANA, BEN, 2, later(1)));
    }

    @Test
    void who_comes_back_has_missed_nothing() {
      Draft draft =
          Draft.replay(
              List.of(
                  created(TIMED),
                  contributor(BEN),
                  timedOut(ANA, BEN, 2),
                  away(ANA, true),
                  away(ANA, false)));

      assertEquals(0, draft.turns().attendanceOf(ANA).missed());
    }

    @Test
    void who_was_removed_and_added_again_has_missed_nothing_and_is_not_away() {
      Draft draft =
          Draft.replay(
              List.of(
                  created(TIMED),
                  contributor(BEN),
                  passed(ANA, BEN, 2),
                  timedOut(BEN, ANA, 3),
                  away(BEN, true),
                  removed(BEN),
                  contributor(BEN)));

      assertEquals(
          Draft.replay(List.of(created(TIMED), contributor(BEN))).turns().attendanceOf(BEN),
          draft.turns().attendanceOf(BEN));
    }
  }

  @Nested
  final class Updating {
    private final Scenario everybody =
        given(created(), contributor(BEN), contributor(CLEO), viewer(VERA));

    @Test
    void the_creator_sets_the_role_and_the_absence_of_each_collaborator() {
      everybody
          .when(update(ANA, BEN, MemberChange.role(Role.VIEWER)))
          .then(became(BEN, Role.VIEWER));
      everybody
          .when(update(ANA, VERA, MemberChange.role(Role.CONTRIBUTOR)))
          .then(became(VERA, Role.CONTRIBUTOR));
      everybody.when(update(ANA, BEN, MemberChange.away(true))).then(away(BEN, true));
      MemberChange both = new MemberChange(Role.VIEWER, true);
      everybody
          .when(update(ANA, BEN, both))
          .then(new CollaboratorUpdated(ANA, NOW, BEN, both, UpdateReason.CREATOR));
    }

    @Test
    void a_member_sets_the_own_absence_the_creator_included() {
      for (UserId user : List.of(ANA, BEN, VERA)) {
        everybody
            .when(update(user, user, MemberChange.away(true)))
            .then(
                new CollaboratorUpdated(
                    user, NOW, user, MemberChange.away(true), UpdateReason.SELF));
      }
    }

    @Test
    void a_member_sets_neither_the_own_role_nor_what_is_anothers() {
      everybody
          .when(update(BEN, BEN, MemberChange.role(Role.CONTRIBUTOR)))
          .thenRejected(new CreatorRequired());
      everybody
          .when(update(VERA, VERA, new MemberChange(Role.CONTRIBUTOR, false)))
          .thenRejected(new CreatorRequired());
      everybody
          .when(update(BEN, CLEO, MemberChange.away(true)))
          .thenRejected(new CreatorRequired());
      everybody.when(update(BEN, ZED, MemberChange.away(true))).thenRejected(new CreatorRequired());
      everybody.when(update(ZED, ZED, MemberChange.away(true))).thenRejected(new DraftUnknown());
    }

    @Test
    void the_role_of_the_creator_stays() {
      everybody
          .when(update(ANA, ANA, MemberChange.role(Role.VIEWER)))
          .thenRejected(new CreatorStays());
      everybody
          .when(update(ANA, ANA, MemberChange.role(Role.CONTRIBUTOR)))
          .thenRejected(new CreatorStays());
    }

    @Test
    void somebody_who_is_no_member_is_not_changed() {
      everybody
          .when(update(ANA, ZED, MemberChange.away(true)))
          .thenRejected(new CollaboratorUnknown(ZED));
    }

    @Test
    void an_update_that_changes_nothing_names_what_it_lacks() {
      everybody
          .when(update(ANA, BEN, new MemberChange(null, null)))
          .thenRejected(
              new FieldsInvalid(
                  List.of(
                      new FieldError("role", "neither role nor away (expected: at least one)"))));
    }

    @Test
    void members_are_changed_in_a_draft_that_rests_too() {
      given(created(), contributor(BEN), became(DraftStatus.LOCKED))
          .when(update(ANA, BEN, MemberChange.role(Role.VIEWER)))
          .then(became(BEN, Role.VIEWER));
    }

    @Test
    void a_viewer_who_becomes_a_contributor_may_hold_the_ring() {
      Draft draft = Draft.replay(List.of(created(), viewer(VERA), became(VERA, Role.CONTRIBUTOR)));

      assertEquals(VERA, draft.nextHolder().orElseThrow());
    }

    @Test
    void a_member_keeps_the_place_in_the_order_of_joining_in_another_role() {
      Draft draft =
          Draft.replay(
              List.of(
                  created(),
                  contributor(BEN),
                  contributor(CLEO),
                  became(BEN, Role.VIEWER),
                  became(BEN, Role.CONTRIBUTOR)));

      assertEquals(List.of(ANA, BEN, CLEO), draft.members().inJoiningOrder());
    }

    @Test
    void no_history_changes_somebody_who_is_no_member_or_takes_the_holders_role() {
      Draft draft = Draft.replay(List.of(created(), contributor(BEN), passed(ANA, BEN, 2)));

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(away(ZED, true)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(became(ZED, Role.VIEWER)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(became(ANA, Role.VIEWER)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(became(BEN, Role.VIEWER)));
    }
  }

  private static RingPassed timedOut(UserId from, UserId to, long term) {
    return timedOut(from, to, term, NOW);
  }

  private static RingPassed timedOut(UserId from, UserId to, long term, Instant at) {
    return new RingPassed(
        UserId.TIMER, at, from, to, term, PassReason.TIMED_OUT, at.plus(Duration.ofMinutes(1)));
  }

  private static CollaboratorUpdated missedTooMany(UserId user, Instant at) {
    return new CollaboratorUpdated(
        UserId.TIMER, at, user, MemberChange.away(true), UpdateReason.MISSED_TURNS);
  }
}
