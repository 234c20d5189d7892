package dev.ringdraft.app.http.limits;

import dev.ringdraft.access.ProblemCode;

/** Learns which connections are ended before their request is known, and why. Called unlocked. */
interface EvictionListener {
  /** The connection limit was reached, and this connection was idle for longest. */
  void evicted(TrackedConnection connection);

  /** The body budget was used up, and the body of this connection was pending for longest. */
  void bodyEvicted(TrackedConnection connection);

  /** Unflushed responses took too much memory; this connection read nothing for longest. */
  void responseEvicted(TrackedConnection connection);

  /** The head or the body of a request did not arrive in time. */
  void timedOut(TrackedConnection connection);

  /** Bytes arrived that are no request, or no body in chunks. */
  void malformed(TrackedConnection connection, ProblemCode code);
}
