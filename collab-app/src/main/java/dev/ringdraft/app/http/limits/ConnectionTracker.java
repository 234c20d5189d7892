package dev.ringdraft.app.http.limits;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a listener, and which of them wait: have no request under way. A connection is
 * in one of these states:
 *
 * <table>
 *   <caption>States of a connection</caption>
 *   <tr><th>state</th><th>until</th></tr>
 *   <tr><td>waiting</td><td>its first byte; others make it go when there are too many</td></tr>
 *   <tr><td>waiting and owing the rest of a head, or of a body that nobody waits for</td>
 *       <td>that has come, or its time is over and it is ended</td></tr>
 *   <tr><td>awaited with the rest of its request's body</td>
 *       <td>that has come, or its time is over and it gets 408; the one that is awaited longest
 *       goes when there are too many</td></tr>
 *   <tr><td>served</td>
 *       <td>its answer is complete and taken, or for good when it has become a socket; who takes
 *       nothing goes when the answers of all take too much memory</td></tr>
 * </table>
 *
 * <p>At the connection limit the longest-idle connection is evicted; when none is idle, the new one
 * is refused. So a client that fills the server with idle connections evicts its own, not those of
 * clients with requests. No connection costs a thread. Safe for use by many threads.
 */
public final class ConnectionTracker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConnectionTracker.class.getName());
  private static final long SECOND = 1_000_000_000;
  private static final Duration LOOK_AT_ANSWERS = Duration.ofMillis(100);

  /**
   * A client that takes nothing for so long may be evicted; a write under way takes no such time.
   */
  private static final Duration STALLED = Duration.ofMillis(500);

  /** What a request costs besides its body, roughly. */
  public static final int REQUEST_BYTES = 8 * 1024;

  /** A body in so many parts is none that anybody means; each part costs more than its bytes. */
  private static final int MOST_PARTS = 256;

  private final NetworkConnectionLimits limits;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<TrackedConnection> connections = new LinkedHashSet<>();
  private final Set<TrackedConnection> idle = new LinkedHashSet<>();
  private final Map<TrackedConnection, Long> readingHead = new ConcurrentHashMap<>();
  private final SequencedMap<TrackedConnection, PendingBody> pendingBodies = new LinkedHashMap<>();
  private long awaitedBytes;

  /**
   * Connections whose body was too slow: they got 408, and may still send bytes, which are dropped.
   */
  private final Set<TrackedConnection> timeoutSent = new HashSet<>();

  private final Set<TrackedConnection> served = new HashSet<>();

  /** Those who take nothing, the longest first; touched by the timer alone. */
  private final Map<TrackedConnection, Unflushed> stalled = new LinkedHashMap<>();

  private final EvictionListener evictionListener;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tracker-timer").factory());

  /** A request whose body has not come whole. */
  public static final class PendingBody {
    private final long since;
    private final int bytes;
    private final Runnable givenUp;
    private int parts;

    private PendingBody(long since, int bytes, Runnable givenUp) {
      this.since = since;
      this.bytes = bytes;
      this.givenUp = givenUp;
    }
  }

  /** What a connection has not taken of its answers, and since when that was no less. */
  private record Unflushed(long bytes, long since) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public ConnectionTracker(
      NetworkConnectionLimits limits, EvictionListener evictionListener, LongSupplier nanoTime) {
    this.limits = limits;
    this.evictionListener = evictionListener;
    this.nanoTime = nanoTime;
  }

  /** Begins to look after those who owe something; about four times within the time they have. */
  public void start() {
    repeat(this::endSlow, Math.clamp(limits.arrivesWithin().toNanos() / 4, 1_000_000, SECOND));
    repeat(this::endStalled, LOOK_AT_ANSWERS.toNanos());
  }

  private void repeat(Runnable task, long everyNanos) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException fault) {
                // Thrown, it would end all that comes after it.
                LOG.log(Level.ERROR, "the tracker could not be looked after", fault);
              }
            },
            everyNanos,
            everyNanos,
            TimeUnit.NANOSECONDS);
  }

  /** A connection was accepted. */
  public void accepted(TrackedConnection connection) {
    TrackedConnection evicted = null;
    lock.lock();
    try {
      if (connections.size() >= limits.maxConnections()) {
        evicted = longestWaiting(connection);
        forget(evicted);
      }
      if (!connection.equals(evicted)) {
        connections.add(connection);
        idle.add(connection);
      }
    } finally {
      lock.unlock();
    }
    if (evicted != null) {
      evictionListener.evicted(evicted);
      evicted.terminate();
    }
    connection.whenClosed(() -> closed(connection));
  }

  private TrackedConnection longestWaiting(TrackedConnection newcomer) {
    return idle.isEmpty() ? newcomer : idle.iterator().next();
  }

  private void closed(TrackedConnection connection) {
    PendingBody broken;
    lock.lock();
    try {
      forget(connection);
      broken = pendingBodies.get(connection);
    } finally {
      lock.unlock();
    }
    if (broken != null && bodyCompleted(connection, broken)) {
      broken.givenUp.run();
    }
  }

  private void forget(TrackedConnection connection) {
    connections.remove(connection);
    idle.remove(connection);
    readingHead.remove(connection);
    timeoutSent.remove(connection);
    served.remove(connection);
  }

  /**
   * A request is handed on, or a part of its body: its head is complete and, when it comes in
   * chunks, one has come.
   *
   * @return false when there are too many parts for a body that is awaited
   */
  public boolean requestStarted(TrackedConnection connection) {
    readingHead.remove(connection);
    lock.lock();
    try {
      idle.remove(connection);
      if (connections.contains(connection)) {
        served.add(connection);
      }
      PendingBody half = pendingBodies.get(connection);
      return half == null || ++half.parts <= MOST_PARTS;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A request's head has come, and its body has not come whole. While all such bodies take too much
   * memory, the connection goes whose body has been awaited longest.
   *
   * @param bytes of the body when it is whole
   * @param givenUp what becomes of the request when its body is awaited no longer, though it has
   *     not come
   * @return what to know it by; null when the connection has left already
   */
  public @Nullable PendingBody bodyStarted(
      TrackedConnection connection, int bytes, Runnable givenUp) {
    Map<TrackedConnection, PendingBody> allEvicted = new LinkedHashMap<>();
    PendingBody half = new PendingBody(nanoTime.getAsLong(), REQUEST_BYTES + bytes, givenUp);
    lock.lock();
    try {
      if (!connections.contains(connection)) {
        return null;
      }
      while (!pendingBodies.isEmpty() && awaitedBytes + half.bytes > limits.maxHeldBytes()) {
        Map.Entry<TrackedConnection, PendingBody> first = pendingBodies.pollFirstEntry();
        awaitedBytes -= first.getValue().bytes;
        allEvicted.put(first.getKey(), first.getValue());
      }
      pendingBodies.put(connection, half);
      awaitedBytes += half.bytes;
    } finally {
      lock.unlock();
    }
    allEvicted.forEach(
        (evicted, its) -> {
          evictionListener.bodyEvicted(evicted);
          evicted.terminate();
          its.givenUp.run();
        });
    return half;
  }

  /**
   * A body has come whole, or breaks off.
   *
   * @return whether it was still awaited
   */
  public boolean bodyCompleted(TrackedConnection connection, PendingBody half) {
    lock.lock();
    try {
      boolean awaited = pendingBodies.remove(connection, half);
      awaitedBytes -= awaited ? half.bytes : 0;
      return awaited;
    } finally {
      lock.unlock();
    }
  }

  /** A request's answer is complete. */
  public void responseCompleted(TrackedConnection connection) {
    lock.lock();
    try {
      if (connections.contains(connection)) {
        idle.add(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Something came.
   *
   * @param half whether it belongs to something that has not come whole
   */
  public void received(TrackedConnection connection, boolean half) {
    if (!half) {
      readingHead.remove(connection);
      return;
    }
    lock.lock();
    try {
      if (idle.contains(connection)) {
        readingHead.putIfAbsent(connection, nanoTime.getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends those whose time is over. */
  void endSlow() {
    long now = nanoTime.getAsLong();
    readingHead.forEach(
        (connection, since) -> {
          if (now - since > limits.arrivesWithin().toNanos()
              && readingHead.remove(connection, since)) {
            if (!isTimeoutSent(connection)) {
              evictionListener.timedOut(connection);
            }
            connection.terminate();
          }
        });
    for (Map.Entry<TrackedConnection, PendingBody> late = late(now);
        late != null;
        late = late(now)) {
      evictionListener.timedOut(late.getKey());
      late.getValue().givenUp.run();
    }
  }

  private boolean isTimeoutSent(TrackedConnection connection) {
    lock.lock();
    try {
      return timeoutSent.contains(connection);
    } finally {
      lock.unlock();
    }
  }

  private Map.@Nullable Entry<TrackedConnection, PendingBody> late(long now) {
    lock.lock();
    try {
      Map.Entry<TrackedConnection, PendingBody> first = pendingBodies.firstEntry();
      if (first == null || now - first.getValue().since <= limits.arrivesWithin().toNanos()) {
        return null;
      }
      timeoutSent.add(first.getKey());
      awaitedBytes -= first.getValue().bytes;
      return pendingBodies.pollFirstEntry();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends connections who don't take their answers while those of all take too much memory, those
   * first who have taken nothing for longest.
   */
  private void endStalled() {
    long now = nanoTime.getAsLong();
    long unflushed = lookForStalled(now);
    for (Map.Entry<TrackedConnection, Unflushed> connection : stalled.entrySet()) {
      if (unflushed <= limits.maxHeldBytes()
          || now - connection.getValue().since() < STALLED.toNanos()) {
        return;
      }
      unflushed -= connection.getValue().bytes();
      evictionListener.responseEvicted(connection.getKey());
      connection.getKey().terminate();
    }
  }

  /** Gives the bytes that all together have not taken. */
  private long lookForStalled(long now) {
    List<TrackedConnection> looked = servedNow();
    stalled.keySet().retainAll(new HashSet<>(looked));
    long all = 0;
    for (TrackedConnection connection : looked) {
      long bytes = connection.unflushedBytes();
      all += bytes;
      Unflushed before = stalled.get(connection);
      if (bytes == 0 || (before != null && bytes < before.bytes())) {
        // Put anew it goes to the end.
        stalled.remove(connection);
        before = null;
      }
      if (bytes > 0) {
        stalled.put(connection, new Unflushed(bytes, before == null ? now : before.since()));
      }
    }
    return all;
  }

  private List<TrackedConnection> servedNow() {
    lock.lock();
    try {
      served.removeIf(
          connection ->
              connection.isSocket()
                  || (idle.contains(connection) && connection.unflushedBytes() == 0));
      return List.copyOf(served);
    } finally {
      lock.unlock();
    }
  }

  /** How many connections there are. */
  public int count() {
    lock.lock();
    try {
      return connections.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
