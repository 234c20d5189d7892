/**
 * What a server turned away: who tried what, when, and why it came to nothing.
 *
 * <p>A change that was made is an event of its draft and is recorded there. An {@link
 * dev.ringdraft.audit.Incident} is what no event tells: a refusal, a limit that was reached, a
 * connection that was ended. Transports note incidents in the {@link
 * dev.ringdraft.audit.AuditTrail}; where they go is the program's affair.
 */
@NullMarked
package dev.ringdraft.audit;

import org.jspecify.annotations.NullMarked;
