package dev.ringdraft.view;

import dev.ringdraft.draft.DraftId;
import java.time.Instant;

/**
 * Where a page of a member's drafts ended: the next page begins behind it.
 *
 * @param updatedAt of the last draft of the page
 */
public record DraftCursor(Instant updatedAt, DraftId draft) {}
