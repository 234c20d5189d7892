package example.drafts;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.time.InstantSource;

/** Creates drafts and appends to them. Safe for use by many threads. */
public final class Drafts {
  private final IdSource ids = IdSource.random();
  private final DraftCommands commands;
  private final InstantSource clock;

  public Drafts(DraftEventStore store, InstantSource clock) {
    this.commands = new DraftCommands(store, events -> {}, DraftLimits.defaults(), ids);
    this.clock = clock;
  }

  public DraftId begin(UserId creator, String title) {
    CreateDraft create = new CreateDraft(creator, clock.instant(), NewDraft.titled(title));
    return ((Committed) commands.create(create, CommandOptions.none())).draft();
  }

  public Outcome append(DraftId draft, UserId author, String text) {
    NewSegment segment = new NewSegment(new SegmentId(ids.next()), text);
    AppendSegment append = new AppendSegment(author, clock.instant(), segment, null);
    return commands.handle(draft, append, CommandOptions.none());
  }
}
