package dev.ringdraft.draft;

import dev.ringdraft.turn.TurnPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a draft.
 *
 * @param title null to leave it
 * @param status null to leave it
 * @param turnPolicy the whole of it; null to leave it
 */
public record DraftChange(
    @Nullable String title, @Nullable DraftStatus status, @Nullable TurnPolicy turnPolicy) {
  public static DraftChange title(String title) {
    return new DraftChange(title, null, null);
  }

  public static DraftChange status(DraftStatus status) {
    return new DraftChange(null, status, null);
  }

  public static DraftChange turnPolicy(TurnPolicy policy) {
    return new DraftChange(null, null, policy);
  }

  /** Whether nothing is to change. */
  public boolean isEmpty() {
    return title == null && status == null && turnPolicy == null;
  }
}
