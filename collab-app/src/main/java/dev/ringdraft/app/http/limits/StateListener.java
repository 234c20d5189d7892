package dev.ringdraft.app.http.limits;

/** A limit that keeps account of the states of all connections. */
interface StateListener {
  /** A connection went from one state to another. Called with the tracker's lock held. */
  void changed(TrackedConnection connection, ConnectionState from, ConnectionState to);
}
