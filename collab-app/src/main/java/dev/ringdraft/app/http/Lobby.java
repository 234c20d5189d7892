package dev.ringdraft.app.http;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;

/**
 * The connections of a listener, and which of them wait: have no request under way. A guest is in
 * one of these states:
 *
 * <table>
 *   <caption>States of a guest</caption>
 *   <tr><th>state</th><th>until</th></tr>
 *   <tr><td>waiting</td><td>its first byte; others make it go when there are too many</td></tr>
 *   <tr><td>waiting and owing the rest of a head, or of a body that nobody waits for</td>
 *       <td>that has come, or its time is over and it is ended</td></tr>
 *   <tr><td>served</td><td>its answer is complete, or for good when it has become a socket</td></tr>
 * </table>
 *
 * <p>When one more comes than there may be, the guest that has waited longest is ended, and only
 * when nobody waits the newcomer: whoever fills the server with connections that ask for nothing
 * takes places from themselves, not from those who ask. No guest costs a thread. Safe for use by
 * many threads.
 */
final class Lobby implements AutoCloseable {
  private final LobbyLimits limits;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Connection<?>> guests = new LinkedHashSet<>();
  private final Set<Connection<?>> waiting = new LinkedHashSet<>();
  private final Map<Connection<?>, Long> owing = new ConcurrentHashMap<>();
  private final Doorman doorman;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lobby-timer").factory());

  /** Hears of those who are sent away. */
  interface Doorman {
    /** There were too many connections, and this one waited longest. */
    void crowdedOut(Connection<?> guest);

    /** It did not finish in time what it had begun to send. */
    void tooSlow(Connection<?> guest);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Lobby(LobbyLimits limits, Doorman doorman, LongSupplier nanoTime) {
    this.limits = limits;
    this.doorman = doorman;
    this.nanoTime = nanoTime;
  }

  /** Begins to look after those who owe something; about four times within the time they have. */
  void start() {
    long every = Math.clamp(limits.headWithin().toNanos() / 4, 1_000_000, 1_000_000_000);
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::endSlow, every, every, TimeUnit.NANOSECONDS);
  }

  /** A connection was accepted. */
  void enter(Connection<?> guest) {
    Connection<?> leaver = null;
    lock.lock();
    try {
      if (guests.size() >= limits.maxConnections()) {
        leaver = longestWaiting(guest);
        forget(leaver);
      }
      if (!guest.equals(leaver)) {
        guests.add(guest);
        waiting.add(guest);
      }
    } finally {
      lock.unlock();
    }
    if (leaver != null) {
      doorman.crowdedOut(leaver);
      leaver.terminateSilently();
    }
    guest.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> left(guest));
  }

  private Connection<?> longestWaiting(Connection<?> newcomer) {
    return waiting.isEmpty() ? newcomer : waiting.iterator().next();
  }

  private void left(Connection<?> guest) {
    lock.lock();
    try {
      forget(guest);
    } finally {
      lock.unlock();
    }
  }

  private void forget(Connection<?> guest) {
    guests.remove(guest);
    waiting.remove(guest);
    owing.remove(guest);
  }

  /** A request is handed on: its head is complete and, when it comes in chunks, one has come. */
  void serve(Connection<?> guest) {
    owing.remove(guest);
    lock.lock();
    try {
      waiting.remove(guest);
    } finally {
      lock.unlock();
    }
  }

  /** A request's answer is complete. */
  void dismiss(Connection<?> guest) {
    lock.lock();
    try {
      if (guests.contains(guest)) {
        waiting.add(guest);
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
  void hear(Connection<?> guest, boolean half) {
    if (!half) {
      owing.remove(guest);
      return;
    }
    lock.lock();
    try {
      if (waiting.contains(guest)) {
        owing.putIfAbsent(guest, nanoTime.getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends those whose time is over. */
  void endSlow() {
    long now = nanoTime.getAsLong();
    owing.forEach(
        (guest, since) -> {
          if (now - since > limits.headWithin().toNanos() && owing.remove(guest, since)) {
            doorman.tooSlow(guest);
            guest.terminateSilently();
          }
        });
  }

  /** How many connections there are. */
  int count() {
    lock.lock();
    try {
      return guests.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
