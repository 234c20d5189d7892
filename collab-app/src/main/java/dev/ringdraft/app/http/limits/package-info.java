/**
 * Limits on connections: how many, how long a request may take to arrive, how much memory bodies
 * and unflushed responses may hold.
 *
 * <p>Refused and evicted connections go to the audit log.
 */
@NullMarked
package dev.ringdraft.app.http.limits;

import org.jspecify.annotations.NullMarked;
