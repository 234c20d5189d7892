package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.view.DraftSummary;
import java.util.List;

/**
 * Events that are stored together or not at all, with their receipt.
 *
 * @param expectedRevision the revision that was decided on; 0 for a draft that begins
 * @param key under which the receipt can be found
 * @param fingerprint of the command, 1 to 64 characters
 * @param after the head of the draft as these events leave it
 * @param events one or more, in order
 */
public record Commit(
    DraftId draft,
    long expectedRevision,
    CommandKey key,
    String fingerprint,
    DraftSummary after,
    List<DraftEvent> events) {
  public Commit {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a commit has at least one event");
    }
  }
}
