package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.rest.stream.LogSlices;
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
   * The draft without its text, as it was at a revision. One slice of the log is in memory at a
   * time.
   *
   * @param revision 1 to {@link #MAX_EVENTS}, and one that the draft has reached
   * @param deadline for all reads together
   */
  DraftSummary summaryAt(DraftId draft, long revision, Deadline deadline) {
    LogSlices slices = new LogSlices(store.within(deadline), draft, revision);
    List<RecordedEvent> first = slices.next();
    DraftSummary summary = DraftSummary.startedBy(first.getFirst());
    List<RecordedEvent> slice = first.subList(1, first.size());
    while (true) {
      for (RecordedEvent event : slice) {
        summary = summary.after(event);
      }
      if (!slices.hasNext()) {
        return summary;
      }
      slice = slices.next();
    }
  }

  private DraftView replayed(DraftId draft, long revision) {
    return DraftView.replay(store.readAfter(draft, 0, Math.toIntExact(revision)));
  }
}
