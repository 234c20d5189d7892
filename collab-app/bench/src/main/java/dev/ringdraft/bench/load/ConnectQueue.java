package dev.ringdraft.bench.load;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers that are to connect, paced by a rate and by the handshakes under way. Confined to
 * the thread of the {@link SubscriberLoop}.
 */
final class ConnectQueue {
  /** The most handshakes under way at a time. */
  static final int CONCURRENCY = 128;

  private final double perSecond;
  private final Queue<BenchSubscriber> waiting = new ArrayDeque<>();
  private long phaseBegun = System.nanoTime();
  private int begun;
  private int underWay;

  /**
   * @param perSecond connects a second; 0 = as fast as the server accepts them
   */
  ConnectQueue(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Counts connects anew from this time, by {@link System#nanoTime}. */
  void beginPhase(long now) {
    phaseBegun = now;
    begun = 0;
  }

  void add(BenchSubscriber subscriber) {
    waiting.add(subscriber);
  }

  /** The next subscriber whose connect may begin now, or null. It counts as under way. */
  @Nullable BenchSubscriber next() {
    if (underWay >= CONCURRENCY || !isDue()) {
      return null;
    }
    BenchSubscriber next = waiting.poll();
    if (next != null) {
      begun++;
      underWay++;
    }
    return next;
  }

  private boolean isDue() {
    return perSecond == 0 || System.nanoTime() - phaseBegun >= begun * 1e9 / perSecond;
  }

  /** The number of connects that have begun in this phase. */
  int begun() {
    return begun;
  }

  /** A handshake was accepted, refused or lost. */
  void settled() {
    underWay--;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether a connect waits only for its time. */
  boolean isPaced() {
    return !waiting.isEmpty() && underWay < CONCURRENCY;
  }
}
