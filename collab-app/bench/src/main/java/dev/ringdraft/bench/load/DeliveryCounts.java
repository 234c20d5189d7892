package dev.ringdraft.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Deliveries and their latency. The {@link SubscriberLoop}'s thread writes; any thread may read and
 * set the measured time.
 */
final class DeliveryCounts {
  private final SingleWriterRecorder latency;
  private final AtomicLong published = new AtomicLong();
  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile long measuredUntil = Long.MAX_VALUE;
  private volatile long lastMeasured;
  private long delivered;

  /**
   * @param latency takes microseconds
   */
  DeliveryCounts(SingleWriterRecorder latency) {
    this.latency = latency;
  }

  /** Measures deliveries of appends that were due within these times. */
  void measure(long from, long until) {
    measuredUntil = until;
    measuredFrom = from;
  }

  /** An event that is new to its subscriber was read; due is 0 if unknown. */
  void delivered(long due, long readAt) {
    delivered++;
    if (due != 0 && due >= measuredFrom && due < measuredUntil) {
      latency.recordValue(Math.max(0, (readAt - due) / 1_000));
      lastMeasured = readAt;
    }
  }

  /** Makes the count visible to other threads, once for all events of a read. */
  void publish() {
    published.lazySet(delivered);
  }

  /** Deliveries to all subscribers. */
  long total() {
    return published.get();
  }

  /** The time at which the last measured delivery was read. */
  long lastMeasured() {
    return lastMeasured;
  }
}
