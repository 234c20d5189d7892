/**
 * Presence: which users have a draft open, and who of them types.
 *
 * <p>{@code DraftPresence} counts connections by user, so several tabs are one user. A user who
 * leaves is listed for a grace period, so a reload does not flicker. Changes are published at a
 * bounded rate, as a state first and then as differences, with a bounded number of listed users.
 * Servers of one database share their users through a {@link dev.ringdraft.presence.PresenceStore};
 * {@link dev.ringdraft.presence.PresenceTracker} combines both.
 */
@NullMarked
package dev.ringdraft.presence;

import org.jspecify.annotations.NullMarked;
