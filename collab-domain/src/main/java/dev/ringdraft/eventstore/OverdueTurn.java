package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftId;
import java.time.Instant;

/**
 * A turn whose deadline has passed.
 *
 * @param term the turn
 * @param seenAt when that was found, by the clock that counts
 */
public record OverdueTurn(DraftId draft, long term, Instant seenAt) {}
