package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.ProblemText;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Accepted, refused and ended connections of the subscribers. The {@link SubscriberLoop}'s thread
 * writes; any thread may read, but for the two maps, which belong to that thread.
 */
final class ConnectionCounts {
  private final Histogram times = new ConcurrentHistogram(3);
  private final TreeMap<Integer, Integer> refusals = new TreeMap<>();
  private final TreeMap<Integer, Integer> closes = new TreeMap<>();
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile long phaseBegun;
  private volatile long phaseEnded;

  /** All subscribers are about to connect. */
  void reset() {
    opened.set(0);
    refused.set(0);
  }

  /** Starts a phase: times and refusals count anew. */
  void beginPhase(long now) {
    times.reset();
    refusals.clear();
    phaseBegun = now;
    phaseEnded = now;
  }

  void opened(long begun) {
    phaseEnded = System.nanoTime();
    times.recordValue(TimeUnit.NANOSECONDS.toMicros(phaseEnded - begun));
    opened.incrementAndGet();
  }

  void refused(int status, String text) {
    refusals.merge(status, 1, Integer::sum);
    problem.compareAndSet(null, ProblemText.of(status, text));
    refused.incrementAndGet();
  }

  /** The server ended an open connection. */
  void ended(int code) {
    closes.merge(code, 1, Integer::sum);
    ended.incrementAndGet();
  }

  /** The bench itself dropped an open connection. */
  void dropped() {
    opened.decrementAndGet();
  }

  /** Subscribers that are open, or were until the server ended them. */
  int opened() {
    return opened.get();
  }

  /** Subscribers that were refused, or lost the server before they were open. */
  int refused() {
    return refused.get();
  }

  /** Subscribers whose open connection the server ended. */
  int ended() {
    return ended.get();
  }

  /** Duration of the phase up to the last accepted connection. */
  long phaseNanos() {
    return phaseEnded - phaseBegun;
  }

  /** The reason of the first refusal. */
  @Nullable String problem() {
    return problem.get();
  }

  /** Times from a connect to its acceptance, in microseconds. */
  Histogram times() {
    return times;
  }

  /** Refused connects by status; 0 = no response. */
  SortedMap<Integer, Integer> refusals() {
    return refusals;
  }

  /** Ended connections by close code; 0 = without one. */
  SortedMap<Integer, Integer> closes() {
    return closes;
  }
}
