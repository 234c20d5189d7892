/**
 * Commit notification between servers of one database.
 *
 * <p>A {@link dev.ringdraft.notification.CommitNotifier} makes a commit visible at once to the
 * subscribers of other servers. It only saves time: a server that misses a notification finds the
 * commit at its next look at the log.
 */
@NullMarked
package dev.ringdraft.notification;

import org.jspecify.annotations.NullMarked;
