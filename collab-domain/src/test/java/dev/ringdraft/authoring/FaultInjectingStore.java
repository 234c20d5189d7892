package dev.ringdraft.authoring;

import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A store that goes wrong in the ways it is told to, one after the other, and then works. */
final class FaultInjectingStore extends RelayingStore {
  /** What becomes of one append. */
  enum Append {
    /** Written, and said so. */
    WORKS,
    /** Not written: another was quicker. */
    MOVED,
    /** Written, and the answer lost. */
    LOST_AFTER,
    /** Not written, and the answer lost. */
    LOST_BEFORE,
    /** Not written: no connection. */
    UNAVAILABLE
  }

  private final Deque<Append> appends = new ArrayDeque<>();
  private final Deque<Runnable> meanwhile = new ArrayDeque<>();
  private int loadsUntilUnavailable = Integer.MAX_VALUE;
  private int appended;
  private int loaded;

  FaultInjectingStore(DraftEventStore sound) {
    super(sound);
  }

  /** The next appends go like this. */
  void next(Append... fates) {
    appends.addAll(List.of(fates));
  }

  /** Just before the next append another server does this. */
  void meanwhile(Runnable other) {
    meanwhile.add(other);
  }

  /** All works from now on. */
  void calm() {
    appends.clear();
    meanwhile.clear();
    loadsUntilUnavailable = Integer.MAX_VALUE;
  }

  /** So many loads work, then no more. */
  void unavailableAfter(int loads) {
    loadsUntilUnavailable = loads;
  }

  /** How often something was to be written. */
  int appends() {
    return appended;
  }

  /** How often a draft was to be read. */
  int loads() {
    return loaded;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    loaded++;
    if (loadsUntilUnavailable == 0) {
      throw new StoreUnavailableException("no connection", new IOException());
    }
    loadsUntilUnavailable--;
    return super.load(draft, command);
  }

  @Override
  public AppendResult append(Commit commit) {
    appended++;
    Runnable other = meanwhile.poll();
    if (other != null) {
      other.run();
    }
    Append fate = appends.poll();
    return switch (fate == null ? Append.WORKS : fate) {
      case WORKS -> super.append(commit);
      case MOVED -> new RevisionConflict();
      case LOST_AFTER -> {
        super.append(commit);
        throw new CommitInDoubtException("connection lost", new IOException());
      }
      case LOST_BEFORE -> throw new CommitInDoubtException("connection lost", new IOException());
      case UNAVAILABLE -> throw new StoreUnavailableException("no connection", new IOException());
    };
  }
}
