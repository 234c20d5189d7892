package dev.ringdraft.app.http.limits;

import dev.ringdraft.app.http.limits.ConnectionState.Closed;
import dev.ringdraft.app.http.limits.ConnectionState.Evictable;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * How many connections a listener has at most. At the limit a new connection evicts the one that is
 * idle for longest; when none is idle, the new one is refused. So a client that fills the server
 * with idle connections evicts its own, not those of clients with requests.
 *
 * <p>Guarded by the lock of the {@link ConnectionTracker}.
 */
final class ConnectionLimit implements StateListener {
  private final int maxConnections;
  private int open;

  /** The evictable connections, those first that became so first. */
  private final SequencedSet<TrackedConnection> evictable = new LinkedHashSet<>();

  ConnectionLimit(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  @Override
  public void changed(TrackedConnection connection, ConnectionState from, ConnectionState to) {
    if (from instanceof Closed) {
      open++;
    }
    if (to instanceof Closed) {
      open--;
    }
    if (to instanceof Evictable) {
      // One that is in keeps its place.
      evictable.add(connection);
    } else {
      evictable.remove(connection);
    }
  }

  /** Which connection has to go for a new one, if any: perhaps the new one itself. */
  Optional<TrackedConnection> evictedFor(TrackedConnection newcomer) {
    if (open < maxConnections) {
      return Optional.empty();
    }
    return Optional.of(evictable.isEmpty() ? newcomer : evictable.getFirst());
  }

  int open() {
    return open;
  }
}
