package dev.ringdraft.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.contract.TurnDeadlinesContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.member.Role;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class InMemoryTurnDeadlinesTest extends TurnDeadlinesContract {
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();

  @Override
  protected DraftEventStore store() {
    return store;
  }

  @Override
  protected TurnDeadlines deadlines() {
    return store;
  }

  @Test
  void a_turn_is_overdue_from_its_deadline_on_by_the_clock_of_the_store() {
    AtomicReference<Instant> clock = new AtomicReference<>(Cast.NOW);
    InMemoryDraftEventStore timed = new InMemoryDraftEventStore(clock::get);
    DraftFixture draft =
        DraftFixture.of(timed, Cast.DRAFT, Cast.ANA)
            .begun(TurnPolicy.defaults().lasting(Duration.ofSeconds(10)));
    draft.commit(draft.added(Cast.BEN, Role.CONTRIBUTOR));

    Instant deadline = Cast.NOW.plusSeconds(10);
    clock.set(deadline.minusNanos(1));
    assertEquals(List.of(), timed.overdue(true, 1));
    clock.set(deadline);
    assertEquals(
        List.of(new OverdueTurn(Cast.DRAFT, 1, deadline, deadline)), timed.overdue(true, 1));
  }
}
