package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftId;
import java.time.Duration;
import java.time.Instant;

/**
 * A turn whose deadline has passed.
 *
 * @param term the turn
 * @param deadline when it should have ended
 * @param seenAt when it was found to be overdue, by the clock that counts
 */
public record OverdueTurn(DraftId draft, long term, Instant deadline, Instant seenAt) {
  /** How long it was overdue when it was found. */
  public Duration late() {
    return Duration.between(deadline, seenAt);
  }
}
