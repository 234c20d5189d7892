package dev.ringdraft.eventstore;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.view.DraftSummary;
import org.jspecify.annotations.Nullable;

/**
 * A draft as it is now, read in one instant together with the receipt that was asked for; shown to
 * its members, and to who has that receipt.
 *
 * @param receipt null when no command was asked for, or when it was not carried out up to this
 *     revision
 */
public record DraftHead(DraftSummary summary, @Nullable Receipt receipt) {
  /** The part that the rules read. */
  public Draft draft() {
    return summary.draft();
  }

  /** The number of its last event. */
  public long revision() {
    return summary.revision();
  }
}
