/**
 * Presence: who has a draft open, and who of them types.
 *
 * <p>{@code DraftPresence} counts connections by user, so several tabs are one person. Whoever goes
 * is missed only after a while, so a reload does not flicker. What changed is published at most so
 * often, as a state first and then as differences, and no more people are named than a page can
 * show. Servers of one database show each other their people on a {@link
 * dev.ringdraft.presence.PresenceStore}; {@link dev.ringdraft.presence.PresenceTracker} has both.
 */
@NullMarked
package dev.ringdraft.presence;

import org.jspecify.annotations.NullMarked;
