package dev.ringdraft.room;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that counts how often a draft or its log is read, and may be out, or come back with
 * another history. For one thread.
 */
final class CountingStore implements DraftEventStore {
  private final DraftEventStore store;
  private int reads;
  boolean logIsOut;
  Epoch epoch;

  CountingStore(DraftEventStore store) {
    this.store = store;
    this.epoch = store.epoch();
  }

  int reads() {
    return reads;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    reads++;
    return store.load(draft, member);
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    reads++;
    return store.load(draft, command);
  }

  @Override
  public AppendResult append(Commit commit) {
    return store.append(commit);
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    reads++;
    if (logIsOut) {
      throw new StoreUnavailableException("out", new IllegalStateException("planted"));
    }
    return store.readAfter(draft, revision, limit);
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    return store.heads(drafts);
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }
}
