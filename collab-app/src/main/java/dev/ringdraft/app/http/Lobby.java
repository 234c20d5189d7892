package dev.ringdraft.app.http;

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
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

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
 *   <tr><td>awaited with the rest of its request's body</td>
 *       <td>that has come, or its time is over and it is told so; the one that is awaited longest
 *       goes when there are too many</td></tr>
 *   <tr><td>served</td>
 *       <td>its answer is complete and taken, or for good when it has become a socket; who takes
 *       nothing goes when the answers of all take too much memory</td></tr>
 * </table>
 *
 * <p>When one more comes than there may be, the guest that has waited longest is ended, and only
 * when nobody waits the newcomer: whoever fills the server with connections that ask for nothing
 * takes places from themselves, not from those who ask. No guest costs a thread. Safe for use by
 * many threads.
 */
final class Lobby implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Lobby.class.getName());
  private static final long SECOND = 1_000_000_000;
  private static final Duration LOOK_AT_ANSWERS = Duration.ofMillis(100);

  /** Whoever takes nothing for so long may have to go; a write under way takes no such time. */
  private static final Duration STALLED = Duration.ofMillis(500);

  /** What a request costs besides its body, roughly. */
  static final int REQUEST_BYTES = 8 * 1024;

  /** A body in so many parts is none that anybody means; each part costs more than its bytes. */
  private static final int MOST_PARTS = 256;

  private final LobbyLimits limits;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Connection<?>> guests = new LinkedHashSet<>();
  private final Set<Connection<?>> waiting = new LinkedHashSet<>();
  private final Map<Connection<?>, Long> owing = new ConcurrentHashMap<>();
  private final SequencedMap<Connection<?>, HalfBody> halfBodies = new LinkedHashMap<>();
  private long awaitedBytes;

  /** Those whose body was too slow: they were told so, and may still send what is dropped. */
  private final Set<Connection<?>> told = new HashSet<>();

  private final Set<Connection<?>> served = new HashSet<>();

  /** Those who take nothing, the longest first; touched by the timer alone. */
  private final Map<Connection<?>, Untaken> stalled = new LinkedHashMap<>();

  private final Doorman doorman;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lobby-timer").factory());

  /** A request whose body has not come whole. */
  static final class HalfBody {
    private final long since;
    private final int bytes;
    private final Runnable givenUp;
    private int parts;

    private HalfBody(long since, int bytes, Runnable givenUp) {
      this.since = since;
      this.bytes = bytes;
      this.givenUp = givenUp;
    }
  }

  /** What a guest has not taken of its answers, and since when that was no less. */
  private record Untaken(long bytes, long since) {}

  /** Hears of those who are sent away. */
  interface Doorman {
    /** There were too many connections, and this one waited longest. */
    void crowdedOut(Connection<?> guest);

    /** Half bodies took too much memory, and its was awaited longest. */
    void bodyCrowdedOut(Connection<?> guest);

    /** Answers that are not taken took too much memory, and it took nothing for longest. */
    void answerCrowdedOut(Connection<?> guest);

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
                LOG.log(Level.ERROR, "the lobby could not be looked after", fault);
              }
            },
            everyNanos,
            everyNanos,
            TimeUnit.NANOSECONDS);
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
    HalfBody broken;
    lock.lock();
    try {
      forget(guest);
      broken = halfBodies.get(guest);
    } finally {
      lock.unlock();
    }
    if (broken != null && bodyCame(guest, broken)) {
      broken.givenUp.run();
    }
  }

  private void forget(Connection<?> guest) {
    guests.remove(guest);
    waiting.remove(guest);
    owing.remove(guest);
    told.remove(guest);
    served.remove(guest);
  }

  /**
   * A request is handed on, or a part of its body: its head is complete and, when it comes in
   * chunks, one has come.
   *
   * @return false when there are too many parts for a body that is awaited
   */
  boolean serve(Connection<?> guest) {
    owing.remove(guest);
    lock.lock();
    try {
      waiting.remove(guest);
      if (guests.contains(guest)) {
        served.add(guest);
      }
      HalfBody half = halfBodies.get(guest);
      return half == null || ++half.parts <= MOST_PARTS;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A request's head has come, and its body has not come whole. While all such bodies take too much
   * memory, the guest goes whose body has been awaited longest.
   *
   * @param bytes of the body when it is whole
   * @param givenUp what becomes of the request when its body is awaited no longer, though it has
   *     not come
   * @return what to know it by; null when the guest has left already
   */
  @Nullable HalfBody awaitBody(Connection<?> guest, int bytes, Runnable givenUp) {
    Map<Connection<?>, HalfBody> leavers = new LinkedHashMap<>();
    HalfBody half = new HalfBody(nanoTime.getAsLong(), REQUEST_BYTES + bytes, givenUp);
    lock.lock();
    try {
      if (!guests.contains(guest)) {
        return null;
      }
      while (!halfBodies.isEmpty() && awaitedBytes + half.bytes > limits.maxHeldBytes()) {
        Map.Entry<Connection<?>, HalfBody> first = halfBodies.pollFirstEntry();
        awaitedBytes -= first.getValue().bytes;
        leavers.put(first.getKey(), first.getValue());
      }
      halfBodies.put(guest, half);
      awaitedBytes += half.bytes;
    } finally {
      lock.unlock();
    }
    leavers.forEach(
        (leaver, its) -> {
          doorman.bodyCrowdedOut(leaver);
          leaver.terminateSilently();
          its.givenUp.run();
        });
    return half;
  }

  /**
   * A body has come whole, or breaks off.
   *
   * @return whether it was still awaited
   */
  boolean bodyCame(Connection<?> guest, HalfBody half) {
    lock.lock();
    try {
      boolean awaited = halfBodies.remove(guest, half);
      awaitedBytes -= awaited ? half.bytes : 0;
      return awaited;
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
          if (now - since > limits.arrivesWithin().toNanos() && owing.remove(guest, since)) {
            if (!isToldAlready(guest)) {
              doorman.tooSlow(guest);
            }
            guest.terminateSilently();
          }
        });
    for (Map.Entry<Connection<?>, HalfBody> late = late(now); late != null; late = late(now)) {
      doorman.tooSlow(late.getKey());
      late.getValue().givenUp.run();
    }
  }

  private boolean isToldAlready(Connection<?> guest) {
    lock.lock();
    try {
      return told.contains(guest);
    } finally {
      lock.unlock();
    }
  }

  private Map.@Nullable Entry<Connection<?>, HalfBody> late(long now) {
    lock.lock();
    try {
      Map.Entry<Connection<?>, HalfBody> first = halfBodies.firstEntry();
      if (first == null || now - first.getValue().since <= limits.arrivesWithin().toNanos()) {
        return null;
      }
      told.add(first.getKey());
      awaitedBytes -= first.getValue().bytes;
      return halfBodies.pollFirstEntry();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends guests who don't take their answers while those of all take too much memory, those first
   * who have taken nothing for longest.
   */
  private void endStalled() {
    long now = nanoTime.getAsLong();
    long untaken = lookForStalled(now);
    for (Map.Entry<Connection<?>, Untaken> guest : stalled.entrySet()) {
      if (untaken <= limits.maxHeldBytes() || now - guest.getValue().since() < STALLED.toNanos()) {
        return;
      }
      untaken -= guest.getValue().bytes();
      doorman.answerCrowdedOut(guest.getKey());
      guest.getKey().terminateSilently();
    }
  }

  /** Gives the bytes that all together have not taken. */
  private long lookForStalled(long now) {
    List<Connection<?>> looked = servedNow();
    stalled.keySet().retainAll(new HashSet<>(looked));
    long all = 0;
    for (Connection<?> guest : looked) {
      long bytes = untakenBytes(guest);
      all += bytes;
      Untaken before = stalled.get(guest);
      if (bytes == 0 || (before != null && bytes < before.bytes())) {
        // Put anew it goes to the end.
        stalled.remove(guest);
        before = null;
      }
      if (bytes > 0) {
        stalled.put(guest, new Untaken(bytes, before == null ? now : before.since()));
      }
    }
    return all;
  }

  private List<Connection<?>> servedNow() {
    lock.lock();
    try {
      served.removeIf(
          guest -> isSocket(guest) || (waiting.contains(guest) && untakenBytes(guest) == 0));
      return List.copyOf(served);
    } finally {
      lock.unlock();
    }
  }

  /** It is no longer read as the transport reads: it has limits of its own. */
  private static boolean isSocket(Connection<?> guest) {
    return !guest.getTransport().getProcessor().equals(guest.getProcessor());
  }

  private static long untakenBytes(Connection<?> guest) {
    return ((NIOConnection) guest).getAsyncWriteQueue().spaceInBytes();
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
