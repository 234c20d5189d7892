package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the commands of one draft through one after the other, so that on this server they don't
 * fail each other's commits. No two drafts share a lane; a lane lives as long as somebody is in it.
 * Fair: first come, first served.
 */
final class KeyedLocks {
  private final ConcurrentMap<DraftId, Lane> lanes = new ConcurrentHashMap<>();

  <T> T withLock(DraftId draft, Supplier<T> work) {
    Lane lane =
        lanes.compute(draft, (id, present) -> (present == null ? new Lane() : present).entered());
    lane.lock.lock();
    try {
      return work.get();
    } finally {
      lane.lock.unlock();
      lanes.computeIfPresent(draft, (id, present) -> present.left());
    }
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
