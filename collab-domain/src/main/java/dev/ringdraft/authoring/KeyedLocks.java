package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the commands of one draft through one after the other, so that on this server they don't
 * fail each other's commits. No two drafts share a lane; a lane lives as long as somebody is in it.
 * Fair: first come, first served.
 */
final class KeyedLocks {
  private final ConcurrentMap<DraftId, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * Does the work when those who came before are done.
   *
   * @throws StoreUnavailableException when the deadline passes before; then nothing was done
   */
  <T> T withLock(DraftId draft, Deadline deadline, Supplier<T> work) {
    Lane lane =
        lanes.compute(draft, (id, present) -> (present == null ? new Lane() : present).entered());
    try {
      acquire(lane.lock, deadline);
      try {
        return work.get();
      } finally {
        lane.lock.unlock();
      }
    } finally {
      lanes.computeIfPresent(draft, (id, present) -> present.left());
    }
  }

  private static void acquire(ReentrantLock lock, Deadline deadline) {
    if (deadline.isNone()) {
      lock.lock();
      return;
    }
    Throwable cause;
    try {
      if (lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      cause = new TimeoutException();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      cause = interrupted;
    }
    throw new StoreUnavailableException(
        "the command waited past its deadline for others of its draft", cause);
  }

  int open() {
    return lanes.size();
  }

  /** Its count is only touched inside the map's atomic methods. */
  private static final class Lane {
    final ReentrantLock lock = new ReentrantLock(true);
    private int inside;

    Lane entered() {
      inside++;
      return this;
    }

    @org.jspecify.annotations.Nullable
    Lane left() {
      inside--;
      return inside == 0 ? null : this;
    }
  }
}
