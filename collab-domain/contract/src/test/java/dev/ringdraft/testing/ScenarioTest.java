package dev.ringdraft.testing;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.begin;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

final class ScenarioTest {
  @Test
  void a_rule_that_holds_passes() {
    given(created(), contributor(BEN)).when(append(ANA)).then(segment(ANA, 0));
    given(created(), contributor(BEN)).when(append(BEN)).thenRejected(new RingNotHeld(ANA));
    given().when(begin(ANA)).then(created());
  }

  @Test
  void a_rejection_instead_of_events_fails_and_shows_what_was_given_and_why() {
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () -> given(created(), contributor(BEN)).when(append(BEN)).then(segment(BEN, 0)));

    assertEquals(
        """
        given
          DraftCreated[actor=ana, at=2026-11-23T12:00:00.123Z, title=The lighthouse, \
        platform=null, turnPolicy=null]
          CollaboratorAdded[actor=ana, at=2026-11-23T12:00:00.123Z, user=ben, role=CONTRIBUTOR]
        when
          AppendSegment[actor=ben, at=2026-11-23T12:00:00.123Z, \
        segment=NewSegment[id=0197f3a0-0000-7000-8000-000000000002, content=words], ringTerm=null]
        then expected
          SegmentAdded[segment=Segment[id=0197f3a0-0000-7000-8000-000000000002, author=ben, \
        content=words, position=0, createdAt=2026-11-23T12:00:00.123Z]]
        but was
          rejected: RingNotHeld[holder=ana]""",
        String.valueOf(failure.getMessage()).replace("\r\n", "\n"));
    assertEquals(new Accepted(List.of(segment(BEN, 0))), failure.getExpected().getEphemeralValue());
    assertEquals(new Rejected(new RingNotHeld(ANA)), failure.getActual().getEphemeralValue());
  }

  @Test
  void events_instead_of_a_rejection_fail() {
    Scenario.Answer answer = given(created()).when(append(ANA));

    assertThrows(AssertionFailedError.class, () -> answer.thenRejected(new RingNotHeld(BEN)));
  }

  @Test
  void one_event_less_or_in_another_order_fails() {
    Scenario.Answer answer = given(created(), contributor(BEN)).when(pass(ANA, BEN));

    answer.then(passed(ANA, BEN, 2));
    assertThrows(
        AssertionFailedError.class, () -> answer.then(passed(ANA, BEN, 2), segment(BEN, 0)));
    assertThrows(AssertionFailedError.class, () -> answer.then(passed(ANA, BEN, 3)));
  }

  @Test
  void a_history_that_the_rules_never_lead_to_is_refused() {
    assertThrows(
        CorruptHistoryException.class,
        () -> given(created(), passed(BEN, ANA, 7)).when(append(ANA)));
    assertThrows(IllegalStateException.class, () -> given(created()).when(begin(ANA)));
  }
}
