package dev.ringdraft.contract;

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

/** A store that calls another one. A test overrides the methods that are to fail or to wait. */
public class RelayingStore implements DraftEventStore {
  private final DraftEventStore next;

  /** Makes a store that calls the next one. */
  public RelayingStore(DraftEventStore next) {
    this.next = next;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return next.load(draft, member);
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return next.load(draft, command);
  }

  @Override
  public AppendResult append(Commit commit) {
    return next.append(commit);
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return next.readAfter(draft, revision, limit);
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    return next.heads(drafts);
  }

  @Override
  public Epoch epoch() {
    return next.epoch();
  }
}
