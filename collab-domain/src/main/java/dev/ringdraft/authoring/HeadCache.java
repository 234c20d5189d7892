package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The heads that this server's last commits led to, or that a member's command has just read, so
 * that the next command of the same draft need not read it. Another server may have moved a draft
 * on since: what is found here is good enough to try a commit on, which names the revision, and to
 * let a member wait for the draft's lock, and for nothing else.
 *
 * <p>At most {@value #MAX} drafts, the least recently used goes first; a head is about 1 kB, 15 kB
 * with a hundred collaborators. Safe for use by many threads, which hold its one lock for a look-up
 * and no longer.
 */
final class HeadCache {
  /** Most heads to remember. */
  static final int MAX = 4_096;

  private final Map<DraftId, Cached> heads =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DraftId, Cached> eldest) {
          return size() > MAX;
        }
      };

  private long generation;

  /** A head of a history; in another one its revision may be another event. */
  private record Cached(Epoch epoch, DraftHead head) {}

  /**
   * The draft as it was when this server committed or read it last.
   *
   * @param epoch of the history that the command works on
   * @return empty when it never did in that history, or has forgotten
   */
  synchronized Optional<DraftHead> of(DraftId draft, Epoch epoch) {
    return Optional.ofNullable(heads.get(draft))
        .filter(cached -> cached.epoch().equals(epoch))
        .map(Cached::head);
  }

  /** The present generation of the cache; to be asked before the store is. */
  synchronized long generation() {
    return generation;
  }

  /**
   * Remembers a head, unless a later one is remembered, or all was invalidated meanwhile.
   *
   * @param epoch of the history that it was read in
   * @param readIn the generation in which the store was asked for it
   */
  synchronized void remember(DraftId draft, Epoch epoch, DraftHead head, long readIn) {
    Cached known = heads.get(draft);
    if (readIn == generation
        && (known == null
            || !known.epoch().equals(epoch)
            || known.head().revision() < head.revision())) {
      heads.put(draft, new Cached(epoch, head));
    }
  }

  synchronized void forget(DraftId draft) {
    heads.remove(draft);
  }

  /** Forgets all, and what is being read now: the store may hold another history from now on. */
  synchronized void invalidateAll() {
    heads.clear();
    generation++;
  }
}
