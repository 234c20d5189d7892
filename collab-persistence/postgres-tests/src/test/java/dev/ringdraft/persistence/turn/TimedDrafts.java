package dev.ringdraft.persistence.turn;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.member.Role;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;

/** Drafts of ANA and BEN whose turns have a limit, on one server. */
final class TimedDrafts {
  private final DraftCommands commands;

  TimedDrafts(DraftEventStore store) {
    commands =
        new DraftCommands(store, CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  DraftCommands commands() {
    return commands;
  }

  /** A draft of which ANA's first turn, of ten seconds, ends then. */
  DraftId endingAt(Instant deadline) {
    Instant begun = deadline.minusSeconds(TurnPolicy.MIN_SECONDS);
    NewDraft draft =
        NewDraft.titled(Cast.TITLE)
            .under(TurnPolicy.defaults().lasting(Duration.ofSeconds(TurnPolicy.MIN_SECONDS)));
    DraftId id =
        assertInstanceOf(
                Committed.class,
                commands.create(new CreateDraft(Cast.ANA, begun, draft), CommandOptions.none()))
            .draft();
    handle(id, new AddCollaborator(Cast.ANA, begun, Cast.BEN, Role.CONTRIBUTOR));
    return id;
  }

  void handle(DraftId draft, DraftCommand command) {
    assertInstanceOf(Committed.class, commands.handle(draft, command, CommandOptions.none()));
  }
}
