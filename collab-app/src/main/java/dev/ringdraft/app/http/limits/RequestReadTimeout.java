package dev.ringdraft.app.http.limits;

import dev.ringdraft.app.http.limits.ConnectionState.Arriving;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the head of a request may take to arrive, from its first byte on, and then its body.
 * Without it, clients that send a byte now and then would keep their connections (slowloris). The
 * rest of a body that no handler reads has the same time.
 *
 * <p>Guarded by the lock of the {@link ConnectionTracker}.
 */
final class RequestReadTimeout implements StateListener {
  private static final long MIN_PERIOD_NANOS = 1_000_000;
  private static final long MAX_PERIOD_NANOS = 1_000_000_000;

  private final long timeoutNanos;
  private final Map<TrackedConnection, Arriving> arriving = new HashMap<>();

  /** A connection whose time is over, and the state it is in. */
  record Late(TrackedConnection connection, Arriving state) {}

  RequestReadTimeout(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
  }

  @Override
  public void changed(TrackedConnection connection, ConnectionState from, ConnectionState to) {
    if (to instanceof Arriving state) {
      arriving.put(connection, state);
    } else {
      arriving.remove(connection);
    }
  }

  /** Those whose time is over, in no order. */
  List<Late> late(long now) {
    return arriving.entrySet().stream()
        .filter(entry -> now - entry.getValue().since() > timeoutNanos)
        .map(entry -> new Late(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** How often to look for them: about four times within the timeout. */
  Duration period() {
    return Duration.ofNanos(Math.clamp(timeoutNanos / 4, MIN_PERIOD_NANOS, MAX_PERIOD_NANOS));
  }
}
