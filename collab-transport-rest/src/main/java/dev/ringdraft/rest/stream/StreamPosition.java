package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.DraftVersion;
import org.jspecify.annotations.Nullable;

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
   * @param after the revision that the client knows
   * @param epoch the epoch of that revision; null when the client does not say
   */
  public static StreamPosition of(DraftVersion head, long after, @Nullable String epoch) {
    boolean known =
        after <= head.revision() && (epoch == null || epoch.equals(head.epoch().value()));
    return known ? new StreamPosition(after, false) : new StreamPosition(head.revision(), true);
  }
}
