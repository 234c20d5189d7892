package dev.ringdraft.access;

/**
 * Takes note of incidents. Port: the program writes them to a log; an embedding service may send
 * them elsewhere.
 *
 * <p>Safe for use by many threads. It is called on threads that serve sockets, during attacks as
 * well, so it must not wait and must bound what it keeps.
 */
@FunctionalInterface
public interface AuditLog {
  void record(AuditEvent incident);

  /** Forgets everything. */
  static AuditLog none() {
    return incident -> {};
  }
}
