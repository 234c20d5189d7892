package example;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Commands.timeOut;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Scenario.given;

import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RulesTest {
  // begin first
  @Test
  void a_member_without_the_ring_may_not_append() {
    given(created(), contributor(BEN)).when(append(BEN)).thenRejected(new RingNotHeld(ANA));
  }

  // end first

  // begin holder
  @Test
  void the_new_holder_may_append() {
    given(created(), contributor(BEN), segment(ANA, 0), passed(ANA, BEN, 2))
        .when(append(BEN, "Nobody saw who drove."))
        .then(segment(BEN, 1, "Nobody saw who drove."));
  }

  // end holder

  // begin policy
  @Test
  void a_turn_of_ten_minutes_ends_for_the_next_member() {
    TurnPolicy tenMinutes = TurnPolicy.defaults().lasting(Duration.ofMinutes(10));

    given(created(tenMinutes), contributor(BEN), contributor(CLEO))
        .when(timeOut(1, later(10)))
        .then(
            new RingPassed(
                UserId.TIMER, later(10), ANA, BEN, 2, PassReason.TIMED_OUT, later(20)));
  }
  // end policy
}
