package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.begin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A view of a store carries out one command: what the server knows of a draft stays right. */
final class CommandsThroughViewTest {
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  private final List<RecordedEvent> heard = new ArrayList<>();
  private final DraftCommands commands =
      new DraftCommands(store, heard::addAll, DraftLimits.defaults(), IdSource.random());
  private final DraftId draft =
      ((Committed) commands.create(begin(ANA), CommandOptions.none())).draft();

  @Test
  void the_view_is_tried_on_the_cached_head_and_its_commit_is_cached_and_announced() {
    View view = new View();
    commands.through(view).handle(draft, append(ANA), CommandOptions.none());
    commands.through(view).handle(draft, append(ANA), CommandOptions.none());

    assertEquals(0, view.loads);
    assertEquals(2, view.appends);
    assertEquals(3, heard.size());
  }

  @Test
  void a_view_that_throws_leaves_the_cached_head_as_it_is() {
    View view = new View();
    view.fault = new IllegalStateException("no");
    DraftCommands through = commands.through(view);
    assertThrows(
        IllegalStateException.class,
        () -> through.handle(draft, append(ANA), CommandOptions.none()));
    view.fault = null;

    assertInstanceOf(Committed.class, through.handle(draft, append(ANA), CommandOptions.none()));
    assertEquals(0, view.loads);
    assertEquals(2, heard.getLast().revision());
  }

  @Test
  void a_command_that_is_refused_makes_no_commit_through_the_view() {
    View view = new View();

    assertInstanceOf(
        Refused.class, commands.through(view).handle(draft, append(BEN), CommandOptions.none()));
    assertEquals(0, view.appends);
  }

  @Test
  void a_view_of_another_history_finds_no_cached_head() {
    assertInstanceOf(
        Refused.class,
        commands
            .through(new InMemoryDraftEventStore())
            .handle(draft, append(ANA), CommandOptions.none()));
  }

  private final class View extends RelayingStore {
    private int loads;
    private int appends;
    private @Nullable RuntimeException fault;

    View() {
      super(store);
    }

    @Override
    public Optional<DraftHead> load(DraftId id, CommandKey command) {
      loads++;
      return super.load(id, command);
    }

    @Override
    public AppendResult append(Commit commit) {
      if (fault != null) {
        throw fault;
      }
      appends++;
      return super.append(commit);
    }
  }
}
