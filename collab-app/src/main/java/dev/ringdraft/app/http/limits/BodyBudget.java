package dev.ringdraft.app.http.limits;

import dev.ringdraft.app.http.limits.ConnectionState.ReadingBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The memory that pending bodies may take together. Each counts with its full length from its
 * beginning on. When a further body does not fit, the connections go whose bodies are pending for
 * longest.
 *
 * <p>Guarded by the lock of the {@link ConnectionTracker}.
 */
final class BodyBudget implements StateListener {
  private final long maxBytes;
  private long pendingBytes;

  /** Those that read a body, the longest pending first. */
  private final SequencedMap<TrackedConnection, PendingBody> pending = new LinkedHashMap<>();

  BodyBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void changed(TrackedConnection connection, ConnectionState from, ConnectionState to) {
    PendingBody before =
        to instanceof ReadingBody reading
            ? pending.put(connection, reading.body())
            : pending.remove(connection);
    pendingBytes -= before == null ? 0 : before.bytes();
    pendingBytes += to instanceof ReadingBody reading ? reading.body().bytes() : 0;
  }

  /**
   * Which connections have to go for a further body. A body larger than the whole budget is let in
   * when all others are gone: the size of one body has a limit of its own.
   */
  List<TrackedConnection> evictedFor(PendingBody body) {
    List<TrackedConnection> evicted = new ArrayList<>();
    long bytes = pendingBytes + body.bytes();
    for (Map.Entry<TrackedConnection, PendingBody> longest : pending.entrySet()) {
      if (bytes <= maxBytes) {
        break;
      }
      bytes -= longest.getValue().bytes();
      evicted.add(longest.getKey());
    }
    return evicted;
  }
}
