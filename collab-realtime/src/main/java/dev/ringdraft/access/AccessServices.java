package dev.ringdraft.access;

/**
 * What a transport needs to know and to report its callers. All of it is safe for use by many
 * threads.
 *
 * @param addresses finds a caller's address
 * @param auditLog hears of what is refused, limited and ended
 */
public record AccessServices(
    Authenticator authenticator, ClientAddress addresses, AuditLog auditLog) {}
