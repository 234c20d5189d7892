package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.later;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Turns of a minute in a draft of ANA's, BEN's and CLEO's. */
final class TurnTimeoutsTest {
  private static final TurnPolicy TIMED = TurnPolicy.defaults().lasting(Duration.ofMinutes(1));

  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore(() -> later(1));
  private final List<RecordedEvent> committed = new ArrayList<>();
  private final DraftFixture draft = DraftFixture.of(store, DRAFT, ANA).begun(TIMED);
  private Instant clock = later(1);
  private final TurnTimeouts timeouts = server();

  TurnTimeoutsTest() {
    draft.commit(draft.added(BEN, Role.CONTRIBUTOR), draft.added(CLEO, Role.CONTRIBUTOR));
  }

  @Test
  void an_overdue_turn_is_ended_and_the_next_begins() {
    assertTrue(timeouts.end(found()));

    assertEquals(List.of(timedOut(later(1))), committed());
    assertEquals(List.of(), timeouts.overdue(false, 10));
  }

  @Test
  void a_turn_is_ended_once_by_one_server_or_several() {
    OverdueTurn found = found();

    assertTrue(timeouts.end(found));
    assertFalse(timeouts.end(found));
    assertFalse(server().end(found));
    assertEquals(1, committed().size());
  }

  @Test
  void the_next_turn_has_its_whole_time_though_the_server_was_paused() {
    OverdueTurn found = found();
    clock = later(9);

    assertTrue(timeouts.end(found));

    assertEquals(List.of(timedOut(later(9))), committed());
  }

  @Test
  void a_turn_is_ended_no_earlier_than_it_was_found_by_a_clock_that_is_behind() {
    clock = NOW;

    assertTrue(timeouts.end(found()));

    assertEquals(List.of(timedOut(later(1))), committed());
  }

  @Test
  void a_turn_that_started_anew_since_it_was_found_goes_on() {
    OverdueTurn found = found();
    draft.commit(draft.updated(null, DraftStatus.LOCKED));
    draft.at(later(1)).commit(draft.updated(null, DraftStatus.ACTIVE));

    assertFalse(timeouts.end(found));
    assertEquals(List.of(), committed());
  }

  @Test
  void a_turn_that_ended_since_it_was_found_is_not_ended_again() {
    OverdueTurn found = found();
    draft.commit(draft.pass(CLEO));

    assertFalse(timeouts.end(found));
    assertEquals(List.of(), committed());
  }

  private OverdueTurn found() {
    List<OverdueTurn> overdue = timeouts.overdue(false, 10);
    assertEquals(List.of(new OverdueTurn(DRAFT, 1, later(1), later(1))), overdue);
    return overdue.getFirst();
  }

  private TurnTimeouts server() {
    DraftCommands commands =
        new DraftCommands(store, committed::addAll, DraftLimits.defaults(), IdSource.random());
    return new TurnTimeouts(commands, store, () -> clock);
  }

  private List<DraftEvent> committed() {
    return committed.stream().map(RecordedEvent::event).toList();
  }

  private static RingPassed timedOut(Instant at) {
    return new RingPassed(
        UserId.TIMER, at, ANA, BEN, 2, PassReason.TIMED_OUT, at.plus(Duration.ofMinutes(1)));
  }
}
