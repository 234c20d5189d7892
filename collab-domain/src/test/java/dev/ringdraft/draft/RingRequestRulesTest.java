package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Commands.removeRequest;
import static dev.ringdraft.testing.Commands.request;
import static dev.ringdraft.testing.Events.activeAgain;
import static dev.ringdraft.testing.Events.away;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.declined;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.requested;
import static dev.ringdraft.testing.Events.returned;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Events.withdrawn;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.AlreadyRequested;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RequestUnknown;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.testing.Scenario;
import dev.ringdraft.turn.RingRequest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the queue for the ring: who may wait in it, and when a request ends. */
final class RingRequestRulesTest {

  @Nested
  final class Asking {
    @Test
    void a_member_who_may_write_asks_for_the_ring() {
      given(created(), contributor(BEN)).when(request(BEN)).then(requested(BEN));
    }

    @Test
    void a_creator_without_the_ring_asks_like_others() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(request(ANA))
          .then(requested(ANA));
    }

    @Test
    void a_viewer_does_not_ask() {
      given(created(), viewer(VERA))
          .when(request(VERA))
          .thenRejected(new RecipientCannotWrite(VERA));
    }

    @Test
    void a_stranger_learns_nothing_of_the_ring_by_asking() {
      given(created()).when(request(ZED)).thenRejected(new DraftUnknown());
    }

    @Test
    void the_holder_does_not_ask() {
      given(created(), contributor(BEN)).when(request(ANA)).thenRejected(new AlreadyHolder(ANA));
    }

    @Test
    void who_waits_already_does_not_ask_again() {
      given(created(), contributor(BEN), requested(BEN))
          .when(request(BEN))
          .thenRejected(new AlreadyRequested(BEN));
    }

    @Test
    void members_ask_in_a_locked_draft_too_and_not_in_a_completed_one() {
      given(created(), contributor(BEN), became(DraftStatus.LOCKED))
          .when(request(BEN))
          .then(requested(BEN));
      given(created(), contributor(BEN), became(DraftStatus.COMPLETED))
          .when(request(BEN))
          .thenRejected(new DraftNotActive(DraftStatus.COMPLETED));
    }

    @Test
    void who_asks_while_away_is_back_in_the_same_commit() {
      given(created(), contributor(BEN), away(BEN, true))
          .when(request(BEN))
          .then(requested(BEN), activeAgain(BEN));
    }
  }

  @Nested
  final class Removing {
    private final Scenario benAndCleoWait =
        given(created(), contributor(BEN), contributor(CLEO), requested(BEN), requested(CLEO));

    @Test
    void a_member_withdraws_the_own_request() {
      benAndCleoWait.when(removeRequest(CLEO, CLEO)).then(withdrawn(CLEO));
    }

    @Test
    void the_holder_declines_a_request() {
      given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2), requested(CLEO))
          .when(removeRequest(BEN, CLEO))
          .then(declined(BEN, CLEO));
    }

    @Test
    void the_creator_declines_a_request_without_holding_the_ring() {
      given(created(), contributor(BEN), contributor(CLEO), passed(ANA, BEN, 2), requested(CLEO))
          .when(removeRequest(ANA, CLEO))
          .then(declined(ANA, CLEO));
    }

    @Test
    void nobody_else_removes_a_request() {
      benAndCleoWait.when(removeRequest(BEN, CLEO)).thenRejected(new RingNotHeld(ANA));
      benAndCleoWait.when(removeRequest(ZED, CLEO)).thenRejected(new DraftUnknown());
    }

    @Test
    void a_request_that_was_not_made_is_not_removed() {
      given(created(), contributor(BEN))
          .when(removeRequest(BEN, BEN))
          .thenRejected(new RequestUnknown(BEN));
      given(created()).when(removeRequest(ANA, ZED)).thenRejected(new RequestUnknown(ZED));
    }

    @Test
    void who_withdraws_while_away_stays_away() {
      given(created(), contributor(BEN), requested(BEN), away(BEN, true))
          .when(removeRequest(BEN, BEN))
          .then(withdrawn(BEN));
    }
  }

  @Nested
  final class Queue {
    private final Draft draft =
        Draft.replay(
            List.of(
                created(), contributor(BEN), contributor(CLEO), requested(CLEO), requested(BEN)));

    @Test
    void requests_wait_in_the_order_in_which_they_were_made() {
      assertEquals(List.of(CLEO, BEN), waiting(draft));
      assertEquals(0, draft.turns().placeOf(CLEO));
      assertEquals(1, draft.turns().placeOf(BEN));
      assertEquals(-1, draft.turns().placeOf(ANA));
    }

    @Test
    void a_request_ends_when_its_member_gets_the_ring() {
      assertEquals(List.of(CLEO), waiting(draft.evolve(passed(ANA, BEN, 2))));
      Draft bens = draft.evolve(passed(ANA, BEN, 2));
      assertEquals(List.of(CLEO), waiting(bens.evolve(passed(BEN, ANA, 3))));
    }

    @Test
    void a_request_ends_when_it_is_withdrawn_or_declined() {
      assertEquals(List.of(BEN), waiting(draft.evolve(withdrawn(CLEO))));
      assertEquals(List.of(CLEO), waiting(draft.evolve(declined(ANA, BEN))));
    }

    @Test
    void a_request_ends_when_its_member_becomes_a_viewer_or_leaves() {
      assertEquals(List.of(BEN), waiting(draft.evolve(became(CLEO, Role.VIEWER))));
      assertEquals(List.of(BEN), waiting(draft.evolve(left(CLEO))));
      assertEquals(List.of(BEN), waiting(draft.evolve(removed(CLEO)).evolve(contributor(CLEO))));
    }

    @Test
    void a_request_stays_when_its_member_goes_away_or_stays_a_contributor() {
      assertEquals(List.of(CLEO, BEN), waiting(draft.evolve(away(CLEO, true))));
      assertEquals(List.of(CLEO, BEN), waiting(draft.evolve(became(CLEO, Role.CONTRIBUTOR))));
    }

    @Test
    void who_asks_again_waits_at_the_end() {
      assertEquals(
          List.of(BEN, CLEO), waiting(draft.evolve(withdrawn(CLEO)).evolve(requested(CLEO))));
    }

    @Test
    void requests_survive_a_lock() {
      assertEquals(
          List.of(CLEO, BEN),
          waiting(draft.evolve(became(DraftStatus.LOCKED)).evolve(became(DraftStatus.ACTIVE))));
    }

    @Test
    void a_creator_who_waits_and_gets_the_ring_back_waits_no_more() {
      Draft bens = draft.evolve(passed(ANA, BEN, 2)).evolve(requested(ANA));
      assertEquals(List.of(CLEO, ANA), waiting(bens));
      assertEquals(List.of(CLEO), waiting(bens.evolve(returned(BEN, BEN, 3))));
    }

    @Test
    void no_history_lets_a_member_wait_twice_or_with_the_ring() {
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(requested(CLEO)));
      assertThrows(CorruptHistoryException.class, () -> draft.evolve(requested(ANA)));
    }

    private static List<UserId> waiting(Draft draft) {
      return draft.turns().requests().stream().map(RingRequest::user).toList();
    }
  }
}
