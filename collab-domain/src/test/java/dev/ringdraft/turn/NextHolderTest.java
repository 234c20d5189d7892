package dev.ringdraft.turn;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.turn.TurnOrder.LEAST_RECENT;
import static dev.ringdraft.turn.TurnOrder.MANUAL;
import static dev.ringdraft.turn.TurnOrder.REQUESTS_FIRST;
import static dev.ringdraft.turn.TurnOrder.ROUND_ROBIN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who is next, for each order. ANA has created the draft; BEN, CLEO and DAN joined in this order.
 */
final class NextHolderTest {
  private static final UserId DAN = new UserId("dan");
  private static final Members ALL =
      Members.of(ANA)
          .with(BEN, Role.CONTRIBUTOR)
          .with(VERA, Role.VIEWER)
          .with(CLEO, Role.CONTRIBUTOR)
          .with(DAN, Role.CONTRIBUTOR);

  /** A draft in which the ring went this way. */
  private record Scene(Members members, Ring ring, Turns turns) {
    static Scene of(TurnOrder order) {
      return new Scene(
          ALL, Ring.firstHeldBy(ANA), Turns.startedBy(ANA, NOW, TurnPolicy.defaults().in(order)));
    }

    Scene passedTo(UserId... holders) {
      Scene scene = this;
      for (UserId next : holders) {
        Ring passed = scene.ring.passedTo(next);
        scene =
            new Scene(
                members,
                passed,
                scene.turns.ended(scene.ring.holder(), PassReason.PASSED, 0).begun(passed, NOW, 0));
      }
      return scene;
    }

    Scene requestedBy(UserId... users) {
      Turns next = turns;
      for (UserId user : users) {
        next = next.requested(new RingRequest(user, NOW));
      }
      return new Scene(members, ring, next);
    }

    Scene without(UserId... away) {
      Turns next = turns;
      for (UserId user : away) {
        next = next.withAway(user, true);
      }
      return new Scene(members, ring, next);
    }

    Scene in(Members others) {
      return new Scene(others, ring, turns);
    }

    void isNext(UserId expected) {
      assertEquals(Optional.of(expected), NextHolder.of(members, ring, turns));
    }

    void hasNobodyNext() {
      assertEquals(Optional.empty(), NextHolder.of(members, ring, turns));
    }
  }

  @Nested
  final class Eligible {
    @ParameterizedTest
    @EnumSource
    void nobody_is_next_when_the_holder_is_alone(TurnOrder order) {
      Scene.of(order).in(Members.of(ANA)).hasNobodyNext();
    }

    @ParameterizedTest
    @EnumSource
    void a_viewer_is_never_next(TurnOrder order) {
      Scene.of(order).in(Members.of(ANA).with(VERA, Role.VIEWER)).hasNobodyNext();
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_next_when_all_others_are_away(TurnOrder order) {
      Scene.of(order).without(BEN, CLEO, DAN).hasNobodyNext();
    }

    @ParameterizedTest
    @EnumSource
    void the_only_one_who_is_not_away_is_next(TurnOrder order) {
      Scene.of(order).without(BEN, DAN).isNext(CLEO);
    }

    @ParameterizedTest
    @EnumSource
    void a_request_of_a_member_who_is_away_does_not_count(TurnOrder order) {
      Scene.of(order).requestedBy(CLEO).without(CLEO, DAN).isNext(BEN);
    }

    @ParameterizedTest
    @EnumSource
    void the_holder_is_not_next_though_away_or_not(TurnOrder order) {
      Scene.of(order).passedTo(BEN).without(ANA, BEN, CLEO).isNext(DAN);
    }
  }

  @Nested
  final class RoundRobin {
    @Test
    void the_ring_goes_round_in_the_order_of_joining_and_begins_again_with_the_creator() {
      Scene scene = Scene.of(ROUND_ROBIN);
      for (UserId next : List.of(BEN, CLEO, DAN, ANA, BEN)) {
        scene.isNext(next);
        scene = scene.passedTo(next);
      }
    }

    @Test
    void a_member_who_is_away_is_skipped() {
      Scene.of(ROUND_ROBIN).without(BEN, CLEO).isNext(DAN);
      Scene.of(ROUND_ROBIN).passedTo(DAN).without(ANA).isNext(BEN);
    }

    @Test
    void requests_do_not_change_the_order() {
      Scene.of(ROUND_ROBIN).requestedBy(DAN, CLEO).isNext(BEN);
    }

    @Test
    void a_pass_by_hand_goes_on_from_where_it_went() {
      Scene.of(ROUND_ROBIN).passedTo(CLEO).isNext(DAN);
    }

    @Test
    void a_member_who_joined_last_comes_last() {
      UserId late = new UserId("aaron");
      Scene scene = Scene.of(ROUND_ROBIN).in(ALL.with(late, Role.CONTRIBUTOR));

      scene.passedTo(DAN).isNext(late);
      scene.passedTo(late).isNext(ANA);
    }
  }

  @Nested
  final class LeastRecent {
    @Test
    void who_never_held_the_ring_comes_first_in_the_order_of_joining() {
      Scene.of(LEAST_RECENT).isNext(BEN);
      Scene.of(LEAST_RECENT).passedTo(BEN).isNext(CLEO);
      Scene.of(LEAST_RECENT).passedTo(DAN, CLEO).isNext(BEN);
    }

    @Test
    void then_comes_whose_last_turn_is_longest_ago() {
      Scene.of(LEAST_RECENT).passedTo(DAN, BEN, CLEO).isNext(ANA);
      Scene.of(LEAST_RECENT).passedTo(DAN, BEN, CLEO, ANA).isNext(DAN);
      Scene.of(LEAST_RECENT).passedTo(DAN, BEN, CLEO, DAN, ANA).isNext(BEN);
    }

    @Test
    void requests_do_not_change_the_order() {
      Scene.of(LEAST_RECENT).requestedBy(DAN).isNext(BEN);
    }
  }

  @Nested
  final class RequestsFirst {
    @Test
    void the_oldest_request_is_granted_first() {
      Scene.of(REQUESTS_FIRST).requestedBy(DAN, BEN).isNext(DAN);
      Scene.of(REQUESTS_FIRST).requestedBy(DAN, BEN).passedTo(DAN).isNext(BEN);
    }

    @Test
    void a_member_who_is_away_keeps_the_place_in_the_queue() {
      Scene scene = Scene.of(REQUESTS_FIRST).requestedBy(DAN, CLEO);

      scene.without(DAN).isNext(CLEO);
      assertEquals(0, scene.without(DAN).turns().placeOf(DAN));
      scene.isNext(DAN);
    }

    @Test
    void without_a_request_it_is_as_least_recent() {
      Scene.of(REQUESTS_FIRST).isNext(BEN);
      Scene.of(REQUESTS_FIRST).passedTo(DAN, BEN, CLEO, DAN).isNext(ANA);
    }
  }

  @Nested
  final class Manual {
    @Test
    void the_oldest_request_is_granted_first() {
      Scene.of(MANUAL).passedTo(BEN).requestedBy(DAN, CLEO).isNext(DAN);
    }

    @Test
    void without_a_request_the_ring_goes_to_the_creator() {
      Scene.of(MANUAL).passedTo(BEN).isNext(ANA);
    }

    @Test
    void without_the_creator_it_is_as_least_recent() {
      Scene.of(MANUAL).isNext(BEN);
      Scene.of(MANUAL).passedTo(BEN).without(ANA).isNext(CLEO);
      Scene.of(MANUAL).passedTo(BEN, ANA).isNext(CLEO);
    }
  }
}
