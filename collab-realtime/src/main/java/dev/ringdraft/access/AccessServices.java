package dev.ringdraft.access;

import java.time.InstantSource;

/**
 * What a transport needs to know and to report its callers. All of it is safe for use by many
 * threads.
 *
 * @param addresses finds a caller's address
 * @param auditLog hears of what is refused, limited and ended
 * @param clock decides when tokens end; the one that the authenticator goes by
 */
public record AccessServices(
    Authenticator authenticator, ClientAddress addresses, AuditLog auditLog, InstantSource clock) {
  /** Services by the system's clock. */
  public AccessServices(Authenticator authenticator, ClientAddress addresses, AuditLog auditLog) {
    this(authenticator, addresses, auditLog, InstantSource.system());
  }
}
