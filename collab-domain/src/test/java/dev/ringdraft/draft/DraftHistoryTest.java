package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Commands.leave;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.returned;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.titled;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.turn.TurnPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A history leads to one draft, and a damaged one to none. */
final class DraftHistoryTest {
  private final Draft draft =
      Draft.replay(List.of(created(), contributor(BEN), viewer(VERA), segment(ANA, 0)));

  @Test
  void a_new_draft_is_active_and_empty() {
    assertEquals(
        new Draft(Members.of(ANA), new Ring(ANA, 1), DraftStatus.ACTIVE, 0, Cast.FIRST_TURN),
        Draft.startedBy(created()));
  }

  @Test
  void a_replay_folds_every_event() {
    Draft replayed =
        Draft.replay(
            List.of(
                created(),
                contributor(BEN),
                viewer(VERA),
                contributor(CLEO),
                segment(ANA, 0),
                passed(ANA, CLEO, 2),
                segment(CLEO, 1),
                returned(CLEO, CLEO, 3),
                left(CLEO),
                removed(VERA),
                titled("Other"),
                became(DraftStatus.LOCKED)));

    assertEquals(
        new Draft(
            new Members(ANA, Map.of(BEN, Role.CONTRIBUTOR)),
            new Ring(ANA, 3),
            DraftStatus.LOCKED,
            2,
            Cast.FIRST_TURN
                .ended(ANA, PassReason.PASSED, 1)
                .begun(new Ring(CLEO, 2), Cast.NOW, 1)
                .ended(CLEO, PassReason.RETURNED, 2)
                .begun(new Ring(ANA, 3), Cast.NOW, 2)
                .without(CLEO)),
        replayed);
  }

  /** T8. Events of before turn policies have neither a policy nor an end of the turn. */
  @Nested
  final class OfBeforeTurnPolicies {
    private final List<DraftEvent> old =
        List.of(
            created(),
            contributor(BEN),
            viewer(VERA),
            contributor(CLEO),
            segment(ANA, 0),
            passed(ANA, CLEO, 2),
            segment(CLEO, 1),
            segment(CLEO, 2),
            returned(CLEO, CLEO, 3),
            left(CLEO),
            contributor(CLEO),
            became(DraftStatus.LOCKED),
            removed(VERA),
            became(DraftStatus.ACTIVE),
            titled("Other"),
            passed(ANA, BEN, 4),
            became(DraftStatus.LOCKED),
            returned(ANA, BEN, 5),
            removed(BEN),
            became(DraftStatus.ACTIVE),
            passed(ANA, CLEO, 6),
            segment(CLEO, 3));

    @Test
    void the_draft_is_the_one_that_it_was() {
      Draft replayed = Draft.replay(old);

      assertEquals(new Members(ANA, Map.of(CLEO, Role.CONTRIBUTOR)), replayed.members());
      assertEquals(new Ring(CLEO, 6), replayed.ring());
      assertEquals(DraftStatus.ACTIVE, replayed.status());
      assertEquals(4, replayed.segmentCount());
    }

    @Test
    void at_each_revision_no_turn_has_a_limit_and_nobody_waits_or_is_away() {
      for (int revision = 1; revision <= old.size(); revision++) {
        Draft replayed = Draft.replay(old.subList(0, revision));

        assertEquals(TurnPolicy.defaults(), replayed.turns().policy());
        assertNull(replayed.turnEndsAt());
        assertNull(replayed.timesOutAt());
        assertEquals(List.of(), replayed.turns().requests());
        assertEquals(List.of(), replayed.turns().away());
        assertTrue(
            replayed.turns().attendance().values().stream().allMatch(each -> each.missed() == 0));
      }
    }

    @Test
    void the_present_turn_is_the_last_that_began() {
      Draft replayed = Draft.replay(old);

      assertEquals(1, replayed.turnSegments());
      assertEquals(6, replayed.turns().attendanceOf(CLEO).lastTerm());
      assertEquals(5, replayed.turns().attendanceOf(ANA).lastTerm());
      assertEquals(0, replayed.turns().attendanceOf(BEN).lastTerm());
    }

    @Test
    void a_holder_who_goes_hands_the_ring_back_to_the_creator_as_before() {
      given(old.toArray(DraftEvent[]::new))
          .when(leave(CLEO))
          .then(returned(CLEO, CLEO, 7), left(CLEO));
    }
  }

  @Test
  void a_title_is_no_concern_of_the_rules() {
    assertEquals(draft, draft.evolve(titled("Other")));
  }

  @Test
  void evolving_leaves_the_draft_before_as_it_was() {
    Draft before = Draft.replay(List.of(created()));

    before.evolve(contributor(BEN));
    before.evolve(segment(ANA, 0));

    assertEquals(Draft.replay(List.of(created())), before);
  }

  @Test
  void a_history_begins_with_a_creation() {
    assertEquals("a history begins with draft_created", corrupt(() -> Draft.replay(List.of())));
    assertEquals(
        "a history begins with draft_created",
        corrupt(() -> Draft.replay(List.of(segment(ANA, 0)))));
  }

  @Test
  void a_draft_is_created_once() {
    assertEquals("draft_created came twice", corrupt(() -> draft.evolve(created())));
  }

  @Test
  void a_segment_follows_at_the_next_position_only() {
    assertEquals(
        "segment 0 by ana after 1 segments, the ring held by ana",
        corrupt(() -> draft.evolve(segment(ANA, 0))));
    assertEquals(
        "segment 2 by ana after 1 segments, the ring held by ana",
        corrupt(() -> draft.evolve(segment(ANA, 2))));
  }

  @Test
  void a_segment_follows_by_the_holder_only() {
    assertEquals(
        "segment 1 by ben after 1 segments, the ring held by ana",
        corrupt(() -> draft.evolve(segment(BEN, 1))));
  }

  @Test
  void a_segment_follows_in_an_active_draft_only() {
    Draft locked = draft.evolve(became(DraftStatus.LOCKED));

    assertEquals(
        "a segment while the draft was LOCKED", corrupt(() -> locked.evolve(segment(ANA, 1))));
  }

  @Test
  void a_pass_follows_from_the_holder_and_with_the_next_term_only() {
    assertEquals(
        "term 2 passed on by ben after term 1 of ana",
        corrupt(() -> draft.evolve(passed(BEN, BEN, 2))));
    assertEquals(
        "term 3 passed on by ana after term 1 of ana",
        corrupt(() -> draft.evolve(passed(ANA, BEN, 3))));
    assertEquals("ana holds the ring already", corrupt(() -> draft.evolve(passed(ANA, ANA, 2))));
  }

  @Test
  void a_pass_follows_to_a_member_who_may_write_only() {
    assertEquals(
        "the ring is held by vera, who can't write",
        corrupt(() -> draft.evolve(passed(ANA, VERA, 2))));
    assertEquals(
        "the ring is held by zed, who can't write",
        corrupt(() -> draft.evolve(passed(ANA, ZED, 2))));
  }

  @Test
  void a_pass_follows_in_an_active_draft_only() {
    Draft completed = draft.evolve(became(DraftStatus.COMPLETED));

    assertEquals(
        "the ring PASSED to ben while the draft was COMPLETED",
        corrupt(() -> completed.evolve(passed(ANA, BEN, 2))));
  }

  @Test
  void a_member_is_added_once() {
    assertEquals("ben is a member already", corrupt(() -> draft.evolve(viewer(BEN))));
    assertEquals("ana is a member already", corrupt(() -> draft.evolve(viewer(ANA))));
  }

  @Test
  void only_a_collaborator_is_removed() {
    assertEquals("zed is no collaborator", corrupt(() -> draft.evolve(removed(ZED))));
    assertEquals("ana is no collaborator", corrupt(() -> draft.evolve(removed(ANA))));
  }

  @Test
  void the_holder_is_not_removed() {
    Draft bens = draft.evolve(passed(ANA, BEN, 2));

    assertEquals(
        "the ring is held by ben, who can't write", corrupt(() -> bens.evolve(removed(BEN))));
  }

  @Test
  void a_completed_draft_stays_completed() {
    Draft completed = draft.evolve(became(DraftStatus.COMPLETED));

    assertEquals(
        "COMPLETED became ACTIVE", corrupt(() -> completed.evolve(became(DraftStatus.ACTIVE))));
    assertEquals(
        "COMPLETED became LOCKED", corrupt(() -> completed.evolve(became(DraftStatus.LOCKED))));
    assertEquals(completed, completed.evolve(became(DraftStatus.COMPLETED)));
  }

  private static String corrupt(Runnable replay) {
    return String.valueOf(assertThrows(CorruptHistoryException.class, replay::run).getMessage());
  }
}
