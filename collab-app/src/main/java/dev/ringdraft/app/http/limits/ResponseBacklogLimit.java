package dev.ringdraft.app.http.limits;

import dev.ringdraft.app.http.limits.ConnectionState.Closed;
import dev.ringdraft.app.http.limits.ConnectionState.Evictable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory that unflushed responses may take together. Above it the connections go whose clients
 * have read nothing for longest. A client that reads at all, however slowly, starts anew. Sockets
 * have limits of their own.
 *
 * <p>Guarded by the lock of the {@link ConnectionTracker}.
 */
final class ResponseBacklogLimit implements StateListener {
  /** How often to look for stalled clients. */
  static final Duration PERIOD = Duration.ofMillis(100);

  /** A client that reads nothing for so long may be evicted; a write takes no such time. */
  static final Duration STALLED_AFTER = Duration.ofMillis(500);

  private final long maxBytes;

  /** The state of each connection that may have an unflushed response. */
  private final Map<TrackedConnection, ConnectionState> answered = new HashMap<>();

  /** Clients that read nothing, those first that stalled first. */
  private final Map<TrackedConnection, Backlog> stalled = new LinkedHashMap<>();

  /** Unflushed bytes of a connection, and since when they have not become fewer. */
  private record Backlog(long bytes, long since) {}

  ResponseBacklogLimit(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void changed(TrackedConnection connection, ConnectionState from, ConnectionState to) {
    if (to instanceof Closed) {
      answered.remove(connection);
      stalled.remove(connection);
    } else if (to instanceof Evictable) {
      answered.computeIfPresent(connection, (known, before) -> to);
    } else {
      answered.put(connection, to);
    }
  }

  /** Which connections have to go, as of a look at all of them. */
  List<TrackedConnection> evicted(long now) {
    long unflushed = measure(now);
    List<TrackedConnection> evicted = new ArrayList<>();
    for (Map.Entry<TrackedConnection, Backlog> longest : stalled.entrySet()) {
      if (unflushed <= maxBytes || now - longest.getValue().since() < STALLED_AFTER.toNanos()) {
        break;
      }
      unflushed -= longest.getValue().bytes();
      evicted.add(longest.getKey());
    }
    return evicted;
  }

  /** Gives the unflushed bytes of all connections. */
  private long measure(long now) {
    answered.entrySet().removeIf(entry -> isDone(entry.getKey(), entry.getValue()));
    stalled.keySet().retainAll(answered.keySet());
    long all = 0;
    for (TrackedConnection connection : answered.keySet()) {
      long bytes = connection.unflushedBytes();
      all += bytes;
      Backlog before = stalled.get(connection);
      if (bytes == 0 || (before != null && bytes < before.bytes())) {
        // Put anew it goes to the end.
        stalled.remove(connection);
        before = null;
      }
      if (bytes > 0) {
        stalled.put(connection, new Backlog(bytes, before == null ? now : before.since()));
      }
    }
    return all;
  }

  private static boolean isDone(TrackedConnection connection, ConnectionState state) {
    return connection.isSocket()
        || (state instanceof Evictable && connection.unflushedBytes() == 0);
  }
}
