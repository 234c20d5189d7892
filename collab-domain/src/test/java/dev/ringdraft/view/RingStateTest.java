package dev.ringdraft.view;

import static dev.ringdraft.draft.Cast.ANA;
import static dev.ringdraft.draft.Cast.BEN;
import static dev.ringdraft.draft.Cast.CLEO;
import static dev.ringdraft.draft.Cast.NOW;
import static dev.ringdraft.draft.Cast.later;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RingStateTest {
  private final RingState first = RingState.startedBy(ANA, NOW);

  @Test
  void the_creator_is_the_first_holder() {
    assertEquals(new RingState(new Ring(ANA, 1), List.of(ANA), NOW), first);
  }

  @Test
  void a_pass_puts_the_next_holder_last_and_tells_when() {
    RingState third = first.passedTo(BEN, later(1)).passedTo(CLEO, later(2));

    assertEquals(new RingState(new Ring(CLEO, 3), List.of(ANA, BEN, CLEO), later(2)), third);
  }

  @Test
  void whoever_holds_the_ring_again_is_told_again() {
    RingState third = first.passedTo(BEN, later(1)).passedTo(ANA, later(2));

    assertEquals(List.of(ANA, BEN, ANA), third.holdersHistory());
  }

  @Test
  void all_of_50_holders_are_remembered() {
    RingState ring = afterPasses(49);

    assertEquals(50, ring.holdersHistory().size());
    assertEquals(ANA, ring.holdersHistory().getFirst());
    assertEquals(BEN, ring.holdersHistory().getLast());
  }

  @Test
  void of_51_holders_the_first_is_forgotten() {
    RingState ring = afterPasses(50);

    assertEquals(50, ring.holdersHistory().size());
    assertEquals(BEN, ring.holdersHistory().getFirst());
    assertEquals(ANA, ring.holdersHistory().getLast());
    assertEquals(51, ring.ring().term());
  }

  @Test
  void the_state_of_an_earlier_term_knows_nothing_of_the_later_ones() {
    RingState third = first.passedTo(BEN, later(1)).passedTo(CLEO, later(2));

    assertEquals(first, third.asOf(new Ring(ANA, 1), NOW));
    assertEquals(first.passedTo(BEN, later(1)), third.asOf(new Ring(BEN, 2), later(1)));
    assertEquals(third, third.asOf(new Ring(CLEO, 3), later(2)));
  }

  @Test
  void the_state_of_an_earlier_term_is_told_as_far_as_it_is_remembered() {
    RingState ring = afterPasses(60);
    RingState term40 = ring.asOf(new Ring(BEN, 40), later(39));
    RingState term12 = ring.asOf(new Ring(BEN, 12), later(11));

    assertEquals(29, term40.holdersHistory().size());
    assertEquals(BEN, term40.holdersHistory().getLast());
    assertEquals(List.of(BEN), term12.holdersHistory());
  }

  @Test
  void of_a_term_that_is_forgotten_only_its_holder_is_told() {
    RingState ring = afterPasses(60);

    assertEquals(
        new RingState(new Ring(ANA, 11), List.of(ANA), later(10)),
        ring.asOf(new Ring(ANA, 11), later(10)));
    assertEquals(
        new RingState(new Ring(ANA, 1), List.of(ANA), NOW), ring.asOf(new Ring(ANA, 1), NOW));
  }

  @Test
  void holders_are_copied_in() {
    List<UserId> holders = new ArrayList<>(List.of(ANA));
    RingState ring = new RingState(new Ring(ANA, 1), holders, NOW);

    holders.clear();

    assertEquals(List.of(ANA), ring.holdersHistory());
  }

  /** ANA and BEN take turns; even terms are BEN's. */
  private RingState afterPasses(int passes) {
    RingState ring = first;
    for (int pass = 1; pass <= passes; pass++) {
      ring = ring.passedTo(pass % 2 == 1 ? BEN : ANA, later(pass));
    }
    return ring;
  }
}
