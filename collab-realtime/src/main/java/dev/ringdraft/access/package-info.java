/**
 * Access: what every transport needs to know before it serves a caller, and what it records when it
 * refuses one.
 *
 * <p>A transport reads {@link dev.ringdraft.access.Credentials} from a request, and an {@link
 * dev.ringdraft.access.Authenticator} turns them into an {@link
 * dev.ringdraft.access.Authentication}. A committed change is an event of its draft; a refusal, a
 * limit or a connection that the server ended is an {@link dev.ringdraft.access.AuditEvent} in the
 * {@link dev.ringdraft.access.AuditLog}.
 */
@NullMarked
package dev.ringdraft.access;

import org.jspecify.annotations.NullMarked;
