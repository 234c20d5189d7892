package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.begin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener throws is its own matter: the commit stands, and the caller gets its answer. */
final class CommitListenerTest {
  private final IllegalStateException fault = new IllegalStateException("of a listener");

  private final List<Throwable> faults = new ArrayList<>();
  private final List<Long> heard = new ArrayList<>();
  private final CommitListener throwing =
      events -> {
        throw fault;
      };

  @Test
  void the_other_listeners_hear_all_the_same() {
    CommitListener hearing = events -> heard.add(events.getLast().revision());

    writeTwice(CommitListener.all(faults::add, throwing, hearing, throwing));

    assertEquals(List.of(1L, 2L), heard);
    assertEquals(List.of(fault, fault, fault, fault), faults);
  }

  @Test
  void without_a_handler_the_thread_s_own_gets_the_fault() throws InterruptedException {
    Thread caller = Thread.ofPlatform().unstarted(() -> writeTwice(throwing));
    caller.setUncaughtExceptionHandler((thread, thrown) -> faults.add(thrown));
    caller.start();
    caller.join();

    assertEquals(List.of(fault, fault), faults);
  }

  /** Two commits, which the listener can't hinder. */
  private static void writeTwice(CommitListener listener) {
    DraftCommands commands =
        new DraftCommands(
            new InMemoryDraftEventStore(), listener, DraftLimits.defaults(), IdSource.random());
    Committed begun =
        assertInstanceOf(Committed.class, commands.create(begin(ANA), CommandOptions.none()));
    assertInstanceOf(
        Committed.class, commands.handle(begun.draft(), append(ANA), CommandOptions.none()));
  }
}
