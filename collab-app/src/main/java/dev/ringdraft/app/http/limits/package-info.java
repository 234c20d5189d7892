/**
 * Limits on connections: how many, how long a request may take to arrive, how much memory pending
 * bodies and unflushed responses may hold.
 *
 * <p>The {@link dev.ringdraft.app.http.limits.ConnectionTracker} keeps one state for each
 * connection. Each limit is a class that learns of the changes of state, and names the connections
 * that have to go. Refused and evicted connections go to the audit log. Nothing here knows the HTTP
 * library.
 */
@NullMarked
package dev.ringdraft.app.http.limits;

import org.jspecify.annotations.NullMarked;
