package dev.ringdraft.rest;

import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftCursor;
import dev.ringdraft.view.DraftPage;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An in-memory store that has a fault until the fault is taken away. */
final class DegradableStore extends RelayingStore implements DraftCatalog {
  /** What a real store may failWith from. */
  public enum Fault {
    NONE,
    /** It can't be reached. */
    UNREACHABLE,
    /** Every append meets a commit of another server. */
    CONTENDED,
    /** It throws an exception that the program does not expect. */
    BROKEN
  }

  private final InMemoryDraftEventStore store;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger longestRead = new AtomicInteger();
  private volatile Deadline deadline = Deadline.none();
  private volatile Fault fault = Fault.NONE;
  private volatile int reachedReads = Integer.MAX_VALUE;
  private volatile Epoch epoch;
  private volatile @Nullable Epoch nextEpoch;

  DegradableStore() {
    this(new InMemoryDraftEventStore());
  }

  private DegradableStore(InMemoryDraftEventStore store) {
    super(store);
    this.store = store;
    this.epoch = store.epoch();
  }

  void failWith(Fault next) {
    fault = next;
  }

  /** Can be reached for so many reads more, and not for any after them. */
  void failReadsAfter(int more) {
    reachedReads = reads.get() + more;
  }

  /** Has another history right after the next commit. */
  void promoteAfterCommit(Epoch next) {
    nextEpoch = next;
  }

  /** The deadline of the last command. */
  Deadline deadline() {
    return deadline;
  }

  @Override
  public DraftEventStore within(Deadline next) {
    deadline = next;
    Epoch present = epoch;
    return new RelayingStore(this) {
      @Override
      public Epoch epoch() {
        return present;
      }
    };
  }

  /** How often it was asked for drafts or events, the ticks of the rooms left out. */
  int reads() {
    return reads.get();
  }

  /** How many events were asked for at once, at most. */
  int longestRead() {
    return longestRead.get();
  }

  private InMemoryDraftEventStore asked() {
    if (reads.incrementAndGet() > reachedReads) {
      fault = Fault.UNREACHABLE;
    }
    return reached();
  }

  private InMemoryDraftEventStore reached() {
    return switch (fault) {
      case NONE, CONTENDED -> store;
      case UNREACHABLE -> throw new StoreUnavailableException("gone", new IOException("gone"));
      case BROKEN -> throw new IllegalStateException("a secret of the store");
    };
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return asked().load(draft, member);
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return asked().load(draft, command);
  }

  @Override
  public AppendResult append(Commit commit) {
    if (fault == Fault.CONTENDED) {
      return new RevisionConflict();
    }
    AppendResult result = reached().append(commit);
    Epoch next = nextEpoch;
    epoch = next == null ? epoch : next;
    return result;
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    longestRead.accumulateAndGet(limit, Math::max);
    return asked().readAfter(draft, revision, limit);
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    return reached().heads(drafts);
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }

  @Override
  public Optional<DraftView> view(DraftId draft) {
    return asked().view(draft);
  }

  @Override
  public Optional<DraftView> view(DraftId draft, UserId reader) {
    return asked().view(draft, reader);
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft) {
    return asked().summary(draft);
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
    return asked().summary(draft, reader);
  }

  @Override
  public DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit) {
    return asked().draftsOf(member, after, limit);
  }
}
