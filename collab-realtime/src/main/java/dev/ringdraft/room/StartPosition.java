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
   * @param after the revision that the subscriber knows; null when it wants live events alone
   * @param epoch the epoch of that revision; null when the subscriber does not say
   * @param mostEvents how far behind the head a subscriber may resume
   */
  static StartPosition of(
      DraftVersion head, @Nullable Long after, @Nullable String epoch, int mostEvents) {
    if (after == null) {
      return new StartPosition(head.revision(), false, false);
    }
    boolean known =
        (epoch == null || epoch.equals(head.epoch().value()))
            && after <= head.revision()
            && head.revision() - after <= mostEvents;
    return known
        ? new StartPosition(after, true, false)
        : new StartPosition(head.revision(), false, true);
  }
}
