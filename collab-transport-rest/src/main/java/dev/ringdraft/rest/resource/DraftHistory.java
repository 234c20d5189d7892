package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.util.List;
import java.util.Optional;

/**
 * Drafts as they were. A command that is sent again gets the answer that it got first, whatever has
 * happened since; and a member reads any revision.
 */
public final class DraftHistory {
  /** Most events that one read of the past folds. */
  static final long MAX_EVENTS = 100_000;

  private static final int SLICE = 500;

  private final DraftCatalog catalog;
  private final DraftEventStore store;

  public DraftHistory(DraftCatalog catalog, DraftEventStore store) {
    this.catalog = catalog;
    this.store = store;
  }

  /** The draft with its text. */
  DraftView viewAfter(Committed committed) {
    if (committed.events().getFirst().revision() == 1) {
      return DraftView.replay(committed.events());
    }
    return replayed(committed.draft(), committed.revision());
  }

  /** The draft without its text. Costs a replay only when the draft has moved on. */
  DraftSummary summaryAfter(Committed committed) {
    Optional<DraftSummary> now = catalog.summary(committed.draft());
    return now.filter(summary -> summary.revision() == committed.revision())
        .orElseGet(() -> replayed(committed.draft(), committed.revision()).summary());
  }

  /**
   * The draft without its text, as it was at a revision. One slice of {@value #SLICE} events is in
   * memory at a time.
   *
   * @param revision 1 to {@link #MAX_EVENTS}, and one that the draft has reached
   * @param deadline for all reads together
   */
  DraftSummary summaryAt(DraftId draft, long revision, Deadline deadline) {
    DraftEventStore log = store.within(deadline);
    List<RecordedEvent> slice = log.readAfter(draft, 0, (int) Math.min(SLICE, revision));
    DraftSummary summary = DraftSummary.startedBy(slice.getFirst());
    slice = slice.subList(1, slice.size());
    while (true) {
      for (RecordedEvent event : slice) {
        summary = summary.after(event);
      }
      long left = revision - summary.revision();
      if (left == 0) {
        return summary;
      }
      slice = log.readAfter(draft, summary.revision(), (int) Math.min(SLICE, left));
      if (slice.isEmpty()) {
        throw new CorruptHistoryException(
            "no event after revision %d (expected: %d)".formatted(summary.revision(), revision));
      }
    }
  }

  private DraftView replayed(DraftId draft, long revision) {
    return DraftView.replay(store.readAfter(draft, 0, Math.toIntExact(revision)));
  }
}
