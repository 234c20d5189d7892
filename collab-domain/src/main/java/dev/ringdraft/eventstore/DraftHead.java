package dev.ringdraft.eventstore;

import dev.ringdraft.draft.Draft;
import org.jspecify.annotations.Nullable;

/**
 * A draft as it is now, read in one instant together with the receipt that was asked for; shown to
 * its members, and to who has that receipt.
 *
 * @param revision number of its last event
 * @param receipt null when no command was asked for, or when it was not carried out up to this
 *     revision
 */
public record DraftHead(Draft draft, long revision, @Nullable Receipt receipt) {}
