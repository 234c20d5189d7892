package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftVersion;
import org.jspecify.annotations.Nullable;

/**
 * How far a client knows a draft, as the client says it: from here it wants to go on.
 *
 * @param revision the last revision that the client knows; 0 for none
 * @param epoch of that revision, any text; null when the client does not say
 */
public record ResumePoint(long revision, @Nullable String epoch) {
  /** Whether a draft has been here, as far as this server knows. */
  public boolean isReachedBy(DraftVersion head) {
    return revision <= head.revision() && (epoch == null || epoch.equals(head.epoch().value()));
  }
}
