package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands everything on to another store, as it is. A faulty store overrides what it does badly. */
public class RelayingStore implements DraftEventStore {
  private final DraftEventStore next;

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
