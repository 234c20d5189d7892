/**
 * Drafts: the rules of writing by turns.
 *
 * <p>A {@link dev.ringdraft.draft.Draft} decides on a {@link dev.ringdraft.draft.DraftCommand} and
 * answers with facts ({@link dev.ringdraft.draft.DraftEvent}) or with the reason why not ({@link
 * dev.ringdraft.draft.Rejection}). Events, replayed, give the draft back. Nothing here reads a
 * clock, draws a random number, waits or logs.
 */
@NullMarked
package dev.ringdraft.draft;

import org.jspecify.annotations.NullMarked;
