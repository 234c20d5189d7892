package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftVersion;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber's events begin.
 *
 * @param from the revision that the subscriber knows; it is sent what follows
 * @param resumed whether that is the revision that the subscriber asked to go on from
 * @param snapshotRequired whether the subscriber asked, and its position is unknown here: it has to
 *     fetch the draft
 */
public record StartPosition(long from, boolean resumed, boolean snapshotRequired) {
  /**
   * Decides.
   *
   * @param head the draft as it is now
   * @param after what the subscriber knows; null when it wants live events alone
   * @param mostEvents how far behind the head a subscriber may resume
   */
  static StartPosition of(DraftVersion head, @Nullable ResumePoint after, int mostEvents) {
    if (after == null) {
      return new StartPosition(head.revision(), false, false);
    }
    boolean near = head.revision() - after.revision() <= mostEvents;
    return near && after.isReachedBy(head)
        ? new StartPosition(after.revision(), true, false)
        : new StartPosition(head.revision(), false, true);
  }
}
