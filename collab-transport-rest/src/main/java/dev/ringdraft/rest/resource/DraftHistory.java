package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.util.Optional;

/**
 * Drafts as they were right after a commit, so that a command that is sent again gets the answer
 * that it got first, whatever has happened since.
 */
public final class DraftHistory {
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

  private DraftView replayed(DraftId draft, long revision) {
    return DraftView.replay(store.readAfter(draft, 0, Math.toIntExact(revision)));
  }
}
