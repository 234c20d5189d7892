package dev.ringdraft.app.http.limits;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.http.limits.ConnectionState.Closed;
import dev.ringdraft.app.http.limits.ConnectionState.Discarding;
import dev.ringdraft.app.http.limits.ConnectionState.Idle;
import dev.ringdraft.app.http.limits.ConnectionState.ReadingBody;
import dev.ringdraft.app.http.limits.ConnectionState.ReadingHead;
import dev.ringdraft.app.http.limits.ConnectionState.ReadingRest;
import dev.ringdraft.app.http.limits.ConnectionState.Serving;
import dev.ringdraft.app.http.limits.ConnectionState.TimedOut;
import dev.ringdraft.app.http.limits.RequestReadTimeout.Late;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The connections of a listener, each in one {@link ConnectionState}. The listener reports what
 * happens on a connection; the tracker changes the state and ends the connections that one of the
 * four limits names: {@link ConnectionLimit}, {@link RequestReadTimeout}, {@link BodyBudget} and
 * {@link ResponseBacklogLimit}.
 *
 * <p>No connection costs a thread. Safe for use by many threads: the states and the limits are
 * guarded by one lock, held for short steps, and never while a connection is ended.
 */
public final class ConnectionTracker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConnectionTracker.class.getName());

  /** What a request costs besides its body, roughly. */
  public static final int REQUEST_BYTES = 8 * 1024;

  private final EvictionListener evictionListener;
  private final LongSupplier nanoTime;
  private final Supplier<byte[]> timeoutResponse;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TrackedConnection, ConnectionState> states = new HashMap<>();
  private final ConnectionLimit connectionLimit;
  private final RequestReadTimeout readTimeout;
  private final BodyBudget bodyBudget;
  private final ResponseBacklogLimit backlogLimit;
  private final List<StateListener> limits;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tracker-timer").factory());

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param timeoutResponse makes the response to a request that did not arrive in time
   */
  public ConnectionTracker(
      NetworkConnectionLimits limits,
      EvictionListener evictionListener,
      LongSupplier nanoTime,
      Supplier<byte[]> timeoutResponse) {
    this.evictionListener = evictionListener;
    this.nanoTime = nanoTime;
    this.timeoutResponse = timeoutResponse;
    this.connectionLimit = new ConnectionLimit(limits.maxConnections());
    this.readTimeout = new RequestReadTimeout(limits.arrivesWithin());
    this.bodyBudget = new BodyBudget(limits.maxHeldBytes());
    this.backlogLimit = new ResponseBacklogLimit(limits.maxHeldBytes());
    this.limits = List.of(connectionLimit, readTimeout, bodyBudget, backlogLimit);
  }

  /** Begins to end the connections that are too slow. */
  public void start() {
    repeat(this::endLate, readTimeout.period());
    repeat(this::endStalled, ResponseBacklogLimit.PERIOD);
  }

  private void repeat(Runnable task, Duration period) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException fault) {
                // Thrown, it would end all that comes after it.
                LOG.log(Level.ERROR, "the connections could not be looked after", fault);
              }
            },
            period.toNanos(),
            period.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** A connection was accepted. At the limit it evicts another one, or is ended itself. */
  public void accepted(TrackedConnection connection) {
    Optional<TrackedConnection> evicted;
    lock.lock();
    try {
      evicted = connectionLimit.evictedFor(connection);
      evicted.ifPresent(this::forget);
      if (!evicted.equals(Optional.of(connection))) {
        enter(connection, new Idle());
      }
    } finally {
      lock.unlock();
    }
    evicted.ifPresent(
        victim -> {
          evictionListener.evicted(victim);
          victim.terminate();
        });
    connection.whenClosed(() -> closed(connection));
  }

  private void closed(TrackedConnection connection) {
    ConnectionState before;
    lock.lock();
    try {
      before = forget(connection);
    } finally {
      lock.unlock();
    }
    giveUpBody(before);
  }

  private static void giveUpBody(ConnectionState before) {
    if (before instanceof ReadingBody reading) {
      reading.body().giveUp();
    }
  }

  /**
   * A request's head is complete or, when its body is awaited, a part of the body has arrived.
   *
   * @return false when the body has too many parts; the connection is to be ended
   */
  public boolean requestStarted(TrackedConnection connection) {
    return !(change(connection, ConnectionState::requestStarted) instanceof ReadingBody reading)
        || !reading.hasTooManyParts();
  }

  /**
   * Something arrived that starts no request.
   *
   * @param partial whether it belongs to something incomplete
   */
  public void received(TrackedConnection connection, boolean partial) {
    long now = nanoTime.getAsLong();
    ConnectionState unused = change(connection, state -> state.received(partial, now));
  }

  /**
   * The response to a request is complete.
   *
   * @param partial whether the request's body is incomplete
   */
  public void responseCompleted(TrackedConnection connection, boolean partial) {
    long now = nanoTime.getAsLong();
    ConnectionState unused = change(connection, state -> state.responseCompleted(partial, now));
  }

  /**
   * A request waits for its body. When all pending bodies take too much memory, the connections go
   * whose bodies are pending for longest.
   *
   * @param bytes of the body when it is whole
   * @param onGivenUp hands the request on when its body is no longer awaited, though incomplete
   * @return the body to name when it is complete; empty when the connection is closed already
   */
  public Optional<PendingBody> bodyStarted(
      TrackedConnection connection, int bytes, Runnable onGivenUp) {
    PendingBody body = new PendingBody(REQUEST_BYTES + (long) bytes, onGivenUp);
    Map<TrackedConnection, ConnectionState> evicted = new LinkedHashMap<>();
    lock.lock();
    try {
      if (!states.containsKey(connection)) {
        return Optional.empty();
      }
      for (TrackedConnection victim : bodyBudget.evictedFor(body)) {
        evicted.put(victim, forget(victim));
      }
      enter(connection, new ReadingBody(nanoTime.getAsLong(), body, 0));
    } finally {
      lock.unlock();
    }
    evicted.forEach(
        (victim, before) -> {
          evictionListener.bodyEvicted(victim);
          victim.terminate();
          giveUpBody(before);
        });
    return Optional.of(body);
  }

  /**
   * A body is complete, or breaks off.
   *
   * @return whether it was still awaited
   */
  public boolean bodyCompleted(TrackedConnection connection, PendingBody body) {
    lock.lock();
    try {
      boolean awaited =
          states.get(connection) instanceof ReadingBody reading && reading.body().equals(body);
      if (awaited) {
        enter(connection, new Serving());
      }
      return awaited;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what has not arrived within its time. */
  void endLate() {
    List<Late> late;
    lock.lock();
    try {
      late = readTimeout.late(nanoTime.getAsLong());
      for (Late each : late) {
        switch (each.state()) {
          case ReadingBody reading -> enter(each.connection(), new TimedOut());
          case ReadingHead reading -> forget(each.connection());
          case ReadingRest reading -> forget(each.connection());
          case Discarding discarding -> forget(each.connection());
        }
      }
    } finally {
      lock.unlock();
    }
    for (Late each : late) {
      switch (each.state()) {
        case ReadingBody reading -> {
          evictionListener.timedOut(each.connection());
          reading.body().giveUp();
        }
        case ReadingHead reading -> {
          evictionListener.timedOut(each.connection());
          each.connection().terminateAfter(timeoutResponse.get());
        }
        case ReadingRest reading -> {
          evictionListener.timedOut(each.connection());
          each.connection().terminate();
        }
        // Its body was recorded as late already.
        case Discarding discarding -> each.connection().terminate();
      }
    }
  }

  /** Ends connections whose clients don't read their responses, when all take too much memory. */
  void endStalled() {
    List<TrackedConnection> evicted;
    lock.lock();
    try {
      evicted = backlogLimit.evicted(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
    for (TrackedConnection connection : evicted) {
      evictionListener.responseEvicted(connection);
      connection.terminate();
    }
  }

  /** Bytes arrived that are no request, or no body in chunks: the connection is being ended. */
  public void malformed(TrackedConnection connection, ProblemCode code) {
    evictionListener.malformed(connection, code);
  }

  /** How many connections are open. */
  public int count() {
    lock.lock();
    try {
      return connectionLimit.open();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Gives the state that a known connection is in afterwards. */
  private ConnectionState change(
      TrackedConnection connection, UnaryOperator<ConnectionState> transition) {
    lock.lock();
    try {
      ConnectionState before = states.get(connection);
      if (before == null) {
        return new Closed();
      }
      ConnectionState after = transition.apply(before);
      if (!after.equals(before)) {
        enter(connection, after);
      }
      return after;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a connection into a state. Under the lock. */
  private void enter(TrackedConnection connection, ConnectionState after) {
    ConnectionState before = states.put(connection, after);
    notifyLimits(connection, before == null ? new Closed() : before, after);
  }

  /** Closes a connection as far as the limits are concerned, and gives its state before. */
  private ConnectionState forget(TrackedConnection connection) {
    ConnectionState before = states.remove(connection);
    if (before == null) {
      return new Closed();
    }
    notifyLimits(connection, before, new Closed());
    return before;
  }

  private void notifyLimits(
      TrackedConnection connection, ConnectionState before, ConnectionState after) {
    limits.forEach(limit -> limit.changed(connection, before, after));
  }
}
