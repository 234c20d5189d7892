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
import org.jspecify.annotations.Nullable;

/**
 * Lets the commands of one draft through one after the other, so that on this server they don't
 * fail each other's commits. No two drafts share a lock; a lock exists as long as a command holds
 * it or waits for it. Fair: first come, first served.
 */
final class KeyedLocks {
  private final ConcurrentMap<DraftId, CountedLock> locks = new ConcurrentHashMap<>();

  /**
   * Does the work when those who came before are done.
   *
   * @throws StoreUnavailableException when the deadline passes before; then nothing was done
   */
  <T> T withLock(DraftId draft, Deadline deadline, Supplier<T> work) {
    CountedLock counted =
        locks.compute(
            draft, (id, present) -> (present == null ? new CountedLock() : present).used());
    try {
      acquire(counted.lock, deadline);
      try {
        return work.get();
      } finally {
        counted.lock.unlock();
      }
    } finally {
      locks.computeIfPresent(draft, (id, present) -> present.released());
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

  int count() {
    return locks.size();
  }

  /** Its count is only touched inside the map's atomic methods. */
  private static final class CountedLock {
    final ReentrantLock lock = new ReentrantLock(true);
    private int users;

    CountedLock used() {
      users++;
      return this;
    }

    @Nullable CountedLock released() {
      users--;
      return users == 0 ? null : this;
    }
  }
}
