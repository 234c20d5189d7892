package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.appendIn;
import static dev.ringdraft.testing.Commands.begin;
import static dev.ringdraft.testing.Commands.leave;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Commands.passIn;
import static dev.ringdraft.testing.Commands.remove;
import static dev.ringdraft.testing.Commands.status;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.returned;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RecipientNotMember;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Events;
import dev.ringdraft.testing.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of the ring, R1 to R9, each with the tests that prove it. R10 is a promise of the
 * commands: see {@code DraftCommandsTest}.
 */
final class RingRulesTest {

  @Nested
  @DisplayName("R1 a new draft's ring is held by its creator at term 1")
  final class R1 {
    @Test
    void the_creator_holds_the_ring_of_a_new_draft() {
      assertEquals(new Ring(ANA, 1), Draft.replay(List.of(created())).ring());
    }

    @Test
    void the_creator_holds_the_ring_after_an_initial_segment_too() {
      CreateDraft command =
          new CreateDraft(
              ANA,
              Cast.NOW,
              NewDraft.titled(Cast.TITLE).startingWith(new NewSegment(Cast.SEGMENT, "words")));

      Accepted accepted = (Accepted) Draft.decide(command, DraftLimits.defaults());

      assertEquals(List.of(created(), segment(ANA, 0)), accepted.events());
      assertEquals(new Ring(ANA, 1), Draft.replay(accepted.events()).ring());
    }

    @Test
    void whoever_creates_a_draft_may_write_its_first_segment() {
      Accepted accepted = (Accepted) Draft.decide(begin(BEN), DraftLimits.defaults());

      Draft draft = Draft.replay(accepted.events());

      assertEquals(
          new Accepted(List.of(segment(BEN, 0))),
          draft.decide(append(BEN), DraftLimits.defaults()));
    }
  }

  @Nested
  @DisplayName("R2 only the holder may append")
  final class R2 {
    @Test
    void the_holder_may_append() {
      given(created()).when(append(ANA)).then(segment(ANA, 0));
    }

    @Test
    void the_holder_may_append_again_and_again() {
      given(created(), segment(ANA, 0), segment(ANA, 1)).when(append(ANA)).then(segment(ANA, 2));
    }

    @Test
    void a_contributor_who_was_given_the_ring_may_append() {
      given(created(), contributor(BEN), segment(ANA, 0), passed(ANA, BEN, 2))
          .when(append(BEN))
          .then(segment(BEN, 1));
    }

    @Test
    void a_member_without_the_ring_may_not_append() {
      given(created(), contributor(BEN)).when(append(BEN)).thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void the_creator_may_not_append_while_another_holds_the_ring() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(append(ANA))
          .thenRejected(new RingNotHeld(BEN));
    }

    @Test
    void a_viewer_may_not_append() {
      given(created(), viewer(VERA)).when(append(VERA)).thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void a_stranger_learns_nothing_of_the_ring_by_appending() {
      given(created()).when(append(ZED)).thenRejected(new DraftUnknown());
    }
  }

  @Nested
  @DisplayName("R3 only the holder may pass")
  final class R3 {
    @Test
    void the_holder_may_pass() {
      given(created(), contributor(BEN)).when(pass(ANA, BEN)).then(passed(ANA, BEN, 2));
    }

    @Test
    void a_member_without_the_ring_may_not_pass_it_to_another() {
      given(created(), contributor(BEN), contributor(CLEO))
          .when(pass(BEN, CLEO))
          .thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void a_member_without_the_ring_may_not_take_it() {
      given(created(), contributor(BEN)).when(pass(BEN, BEN)).thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void the_creator_may_not_take_the_ring_back() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(pass(ANA, ANA))
          .thenRejected(new RingNotHeld(BEN));
    }

    @Test
    void a_viewer_may_not_pass() {
      given(created(), contributor(BEN), viewer(VERA))
          .when(pass(VERA, BEN))
          .thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void a_stranger_learns_nothing_of_the_ring_by_passing() {
      given(created(), contributor(BEN)).when(pass(ZED, BEN)).thenRejected(new DraftUnknown());
    }
  }

  @Nested
  @DisplayName("R4 the ring goes only to another member who may write")
  final class R4 {
    @Test
    void the_ring_goes_to_a_contributor() {
      given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2))
          .when(pass(BEN, CLEO))
          .then(passed(BEN, CLEO, 3));
    }

    @Test
    void the_ring_goes_to_the_creator() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(pass(BEN, ANA))
          .then(passed(BEN, ANA, 3));
    }

    @Test
    void the_ring_does_not_go_to_a_viewer() {
      given(created(), viewer(VERA))
          .when(pass(ANA, VERA))
          .thenRejected(new RecipientCannotWrite(VERA));
    }

    @Test
    void the_ring_does_not_go_to_a_stranger() {
      given(created()).when(pass(ANA, ZED)).thenRejected(new RecipientNotMember(ZED));
    }

    @Test
    void the_ring_does_not_go_to_a_former_member() {
      given(created(), contributor(BEN), removed(BEN))
          .when(pass(ANA, BEN))
          .thenRejected(new RecipientNotMember(BEN));
    }

    @Test
    void the_ring_does_not_go_to_its_holder() {
      given(created()).when(pass(ANA, ANA)).thenRejected(new AlreadyHolder(ANA));
    }

    @Test
    void no_history_gives_the_ring_to_a_viewer_or_a_stranger() {
      Draft draft = Draft.replay(List.of(created(), viewer(VERA)));

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(passed(ANA, VERA, 2)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(passed(ANA, ZED, 2)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(passed(ANA, ANA, 2)));
    }
  }

  @Nested
  @DisplayName("R5 each pass raises the term by one")
  final class R5 {
    @Test
    void each_pass_begins_the_next_term() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2), passed(BEN, ANA, 3))
          .when(pass(ANA, BEN))
          .then(passed(ANA, BEN, 4));
    }

    @Test
    void a_return_begins_the_next_term_too() {
      Draft draft =
          Draft.replay(
              List.of(created(), contributor(BEN), passed(ANA, BEN, 2), returned(BEN, BEN, 3)));

      assertEquals(new Ring(ANA, 3), draft.ring());
    }

    @Test
    void nothing_but_a_pass_changes_the_term() {
      Draft draft =
          Draft.replay(
              List.of(
                  created(),
                  contributor(BEN),
                  segment(ANA, 0),
                  Events.titled("Other"),
                  became(DraftStatus.LOCKED),
                  became(DraftStatus.ACTIVE),
                  removed(BEN)));

      assertEquals(new Ring(ANA, 1), draft.ring());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 5, Long.MAX_VALUE})
    void no_history_skips_or_repeats_a_term(long term) {
      Draft draft = Draft.replay(List.of(created(), contributor(BEN), passed(ANA, BEN, 2)));

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(passed(BEN, ANA, term)));
    }
  }

  @Nested
  @DisplayName("R6 a command made for another term changes nothing")
  final class R6 {
    private final Scenario benHoldsTerm4 =
        given(
            created(),
            contributor(BEN),
            passed(ANA, BEN, 2),
            passed(BEN, ANA, 3),
            passed(ANA, BEN, 4));

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 1, 2, 3, 5, Long.MAX_VALUE})
    void a_segment_for_another_term_is_not_appended(long term) {
      benHoldsTerm4.when(appendIn(term, BEN)).thenRejected(new RingMoved(BEN, 4));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 1, 2, 3, 5, Long.MAX_VALUE})
    void the_ring_is_not_passed_for_another_term(long term) {
      benHoldsTerm4.when(passIn(term, BEN, ANA)).thenRejected(new RingMoved(BEN, 4));
    }

    @Test
    void a_segment_for_this_term_is_appended() {
      benHoldsTerm4.when(appendIn(4, BEN)).then(segment(BEN, 0));
    }

    @Test
    void the_ring_is_passed_for_this_term() {
      benHoldsTerm4.when(passIn(4, BEN, ANA)).then(passed(BEN, ANA, 5));
    }

    @Test
    void a_command_without_a_term_is_made_for_whatever_turn_it_is() {
      benHoldsTerm4.when(append(BEN)).then(segment(BEN, 0));
      benHoldsTerm4.when(pass(BEN, ANA)).then(passed(BEN, ANA, 5));
    }

    @Test
    void terms_beyond_the_small_numbers_are_compared_by_value() {
      Draft draft =
          new Draft(Members.of(ANA), new Ring(ANA, 1_000), DraftStatus.ACTIVE, 0, Cast.FIRST_TURN);

      assertEquals(
          new Accepted(List.of(segment(ANA, 0))),
          draft.decide(appendIn(1_000, ANA), DraftLimits.defaults()));
    }

    @Test
    void the_former_holder_is_told_that_the_ring_has_moved() {
      benHoldsTerm4.when(appendIn(3, ANA)).thenRejected(new RingMoved(BEN, 4));
    }
  }

  @Nested
  @DisplayName("R7 a holder who goes hands the ring back to the creator in the same commit")
  final class R7 {
    private final Scenario benHolds =
        given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2));

    @Test
    void a_holder_who_leaves_hands_the_ring_back_first() {
      benHolds.when(leave(BEN)).then(returned(BEN, BEN, 3), left(BEN));
    }

    @Test
    void a_holder_who_is_removed_hands_the_ring_back_first() {
      benHolds.when(remove(ANA, BEN)).then(returned(ANA, BEN, 3), removed(BEN));
    }

    @Test
    void the_creator_goes_on_writing_after_a_return() {
      given(
              created(),
              contributor(BEN),
              passed(ANA, BEN, 2),
              segment(BEN, 0),
              returned(BEN, BEN, 3),
              left(BEN))
          .when(append(ANA))
          .then(segment(ANA, 1));
    }

    @Test
    void a_member_without_the_ring_goes_and_the_ring_stays() {
      benHolds.when(leave(CLEO)).then(left(CLEO));
      benHolds.when(remove(ANA, CLEO)).then(removed(CLEO));
    }

    @Test
    void no_history_returns_the_ring_to_a_viewer() {
      Draft draft =
          Draft.replay(List.of(created(), contributor(BEN), viewer(VERA), passed(ANA, BEN, 2)));
      DraftEvent.RingPassed toVera =
          new DraftEvent.RingPassed(BEN, Cast.NOW, BEN, VERA, 3, PassReason.RETURNED, null);

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(toVera));
    }
  }

  @Nested
  @DisplayName("R8 while the draft is not active the ring rests")
  final class R8 {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void the_holder_may_not_append(DraftStatus status) {
      given(created(), became(status)).when(append(ANA)).thenRejected(new DraftNotActive(status));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void the_holder_may_not_pass(DraftStatus status) {
      given(created(), contributor(BEN), became(status))
          .when(pass(ANA, BEN))
          .thenRejected(new DraftNotActive(status));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void a_holder_who_goes_hands_the_ring_back_all_the_same(DraftStatus status) {
      given(created(), contributor(BEN), passed(ANA, BEN, 2), became(status))
          .when(leave(BEN))
          .then(returned(BEN, BEN, 3), left(BEN));
    }

    @Test
    void the_turn_goes_on_where_it_was_when_the_draft_is_active_again() {
      given(
              created(),
              contributor(BEN),
              passed(ANA, BEN, 2),
              became(DraftStatus.LOCKED),
              became(DraftStatus.ACTIVE))
          .when(appendIn(2, BEN))
          .then(segment(BEN, 0));
    }

    @Test
    void only_the_creator_wakes_the_ring() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2), became(DraftStatus.LOCKED))
          .when(status(BEN, DraftStatus.ACTIVE))
          .thenRejected(new Rejection.CreatorRequired());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void no_history_writes_or_passes_meanwhile(DraftStatus status) {
      Draft draft = Draft.replay(List.of(created(), contributor(BEN), became(status)));

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(segment(ANA, 0)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(passed(ANA, BEN, 2)));
    }
  }

  @Nested
  @DisplayName("R9 exactly one holder, always a member who may write")
  final class R9 {
    @Test
    void a_draft_whose_ring_is_held_by_a_stranger_can_not_be_made() {
      Members members = Members.of(ANA);

      CorruptHistoryException refused =
          assertThrows(
              CorruptHistoryException.class,
              () -> new Draft(members, new Ring(BEN, 1), DraftStatus.ACTIVE, 0, Cast.FIRST_TURN));

      assertEquals("the ring is held by ben, who can't write", refused.getMessage());
    }

    @Test
    void a_draft_whose_ring_is_held_by_a_viewer_can_not_be_made() {
      Members members = new Members(ANA, Map.of(VERA, Role.VIEWER));

      assertThrows(
          CorruptHistoryException.class,
          () -> new Draft(members, new Ring(VERA, 1), DraftStatus.ACTIVE, 0, Cast.FIRST_TURN));
    }

    @Test
    void no_history_takes_the_holder_away_before_the_ring_is_handed_back() {
      Draft draft = Draft.replay(List.of(created(), contributor(BEN), passed(ANA, BEN, 2)));

      assertThrows(CorruptHistoryException.class, () -> draft.evolve(removed(BEN)));
    }

    @Test
    void after_every_step_of_a_story_exactly_one_member_holds_the_ring_and_may_write() {
      List<DraftEvent> story =
          List.of(
              created(),
              contributor(BEN),
              viewer(VERA),
              contributor(CLEO),
              segment(ANA, 0),
              passed(ANA, BEN, 2),
              segment(BEN, 1),
              passed(BEN, CLEO, 3),
              became(DraftStatus.LOCKED),
              returned(CLEO, CLEO, 4),
              left(CLEO),
              became(DraftStatus.ACTIVE),
              passed(ANA, BEN, 5),
              removed(VERA),
              became(DraftStatus.COMPLETED));

      for (int step = 1; step <= story.size(); step++) {
        Draft draft = Draft.replay(story.subList(0, step));
        long holders =
            List.of(ANA, BEN, CLEO, VERA, ZED).stream().filter(draft.ring()::isHeldBy).count();
        assertEquals(1, holders);
        assertTrue(draft.members().canWrite(draft.ring().holder()));
      }
    }
  }
}
