package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.NumberedEvent;

/**
 * A committed fact.
 *
 * @param revision its number in its draft: 1, 2, 3 … without gaps
 */
public record RecordedEvent(DraftId draft, long revision, DraftEvent event)
    implements NumberedEvent {
  public RecordedEvent {
    if (revision < 1) {
      throw new IllegalArgumentException("revision: %d (expected: 1 or more)".formatted(revision));
    }
  }
}
