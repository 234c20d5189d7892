/**
 * The audit log: a line of JSON for each refused or ended request or connection, in a log of its
 * own, {@code dev.ringdraft.audit}.
 *
 * <p>{@link dev.ringdraft.app.audit.RateLimitedAuditLog} writes an incident the first time and
 * counts it from then on, so that a flood of refusals leaves two lines and not a full disk.
 */
@NullMarked
package dev.ringdraft.app.audit;

import org.jspecify.annotations.NullMarked;
