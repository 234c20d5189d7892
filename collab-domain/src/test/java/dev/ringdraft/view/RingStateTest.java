package dev.ringdraft.view;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.later;
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
