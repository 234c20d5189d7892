package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.room.ResumePoint;

/**
 * Where a stream begins.
 *
 * @param after the revision that the client knows; what follows is sent
 * @param snapshotRequired whether the client's own position is unknown here, so that it has to read
 *     the draft again; then {@code after} is the head
 */
public record StreamPosition(long after, boolean snapshotRequired) {
  /**
   * Decides.
   *
   * @param head the draft as it is now
   * @param after what the client knows
   */
  public static StreamPosition of(DraftVersion head, ResumePoint after) {
    return after.isReachedBy(head)
        ? new StreamPosition(after.revision(), false)
        : new StreamPosition(head.revision(), true);
  }
}
