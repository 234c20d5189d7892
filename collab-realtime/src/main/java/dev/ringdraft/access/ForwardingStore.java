package dev.ringdraft.access;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that does what another does; what extends it adds to that. */
public abstract class ForwardingStore implements DraftEventStore {
  private final DraftEventStore store;

  protected ForwardingStore(DraftEventStore store) {
    this.store = store;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return store.load(draft, member);
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return store.load(draft, command);
  }

  @Override
  public AppendResult append(Commit commit) {
    return store.append(commit);
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return store.readAfter(draft, revision, limit);
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    return store.heads(drafts);
  }

  @Override
  public Epoch epoch() {
    return store.epoch();
  }
}
