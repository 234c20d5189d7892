package dev.ringdraft.bench.load;

import dev.ringdraft.bench.report.LatencySummary;
import dev.ringdraft.bench.report.ResidentMemory;
import dev.ringdraft.bench.report.ServerUsage;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Latencies and server usage of a run while it lasts, and the line of progress once a second. Not
 * thread-safe, but each of the two recorders may be written by another thread.
 */
final class Meter {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final PrintStream progress;
  private final @Nullable ServerProcess server;
  private final long residentBefore;
  private final SingleWriterRecorder appendTimes = new SingleWriterRecorder(3);
  private final SingleWriterRecorder deliveryTimes = new SingleWriterRecorder(3);
  private final Histogram append = new Histogram(3);
  private final Histogram delivery = new Histogram(3);
  private @Nullable Histogram appendInterval;
  private @Nullable Histogram deliveryInterval;
  private @Nullable ResidentMemory resident;
  private long cpuBefore;
  private long shownAt = System.nanoTime();
  private long shownDeliveries;
  private long shownAppends;

  /**
   * Reads the server's memory as it is before any connection.
   *
   * @param server null if its process is not known
   */
  Meter(PrintStream progress, @Nullable ServerProcess server) {
    this.progress = progress;
    this.server = server;
    this.residentBefore = server == null ? 0 : server.residentBytes();
  }

  /** The recorder of append latencies, in microseconds. */
  SingleWriterRecorder appendTimes() {
    return appendTimes;
  }

  /** The recorder of delivery latencies, in microseconds. */
  SingleWriterRecorder deliveryTimes() {
    return deliveryTimes;
  }

  /** Starts a run: earlier measurements no longer count. */
  void begin() {
    Histogram unused = takeIntervals();
    append.reset();
    delivery.reset();
    shownAppends = 0;
  }

  /** Counts the server's usage from now on. */
  void beginServer() {
    if (server != null) {
      cpuBefore = server.cpuMillis();
      resident = ResidentMemory.of(server.residentBytes());
    }
  }

  /** Latencies from the time at which an append was due to its 201. */
  LatencySummary appends() {
    Histogram unused = takeIntervals();
    return LatencySummary.of(append);
  }

  /** Latencies from the time at which an append was due until a subscriber had read it. */
  LatencySummary deliveries() {
    Histogram unused = takeIntervals();
    return LatencySummary.of(delivery);
  }

  /** The server's usage since {@link #beginServer}; null if its process is not known. */
  @Nullable ServerUsage server(long deliveries, int connections) {
    ResidentMemory before = resident;
    if (server == null || before == null) {
      return null;
    }
    double cpu = (server.cpuMillis() - cpuBefore) / 1e3;
    ResidentMemory whole = before.then(server.residentBytes());
    return new ServerUsage(
        cpu,
        deliveries == 0 ? Double.NaN : cpu * 1e6 / deliveries,
        whole,
        connections == 0 ? 0 : (whole.last() - residentBefore) / connections);
  }

  /** Prints a line of progress if one is due. */
  void tick(SubscriberLoop subscribers, @Nullable AppendLoop writers) {
    long now = System.nanoTime();
    if (now - shownAt < SECOND) {
      return;
    }
    double seconds = (now - shownAt) / (double) SECOND;
    shownAt = now;
    Histogram interval = takeIntervals();
    long deliveries = subscribers.deliveries().total();
    long appends = writers == null ? shownAppends : writers.answered();
    progress.println(
        String.format(
            Locale.ROOT,
            "viewers %,d  appends %,.0f/s  deliveries %,.0f/s  p99 %.1f ms%s",
            subscribers.connections().opened() - subscribers.connections().ended(),
            (appends - shownAppends) / seconds,
            (deliveries - shownDeliveries) / seconds,
            interval.getValueAtPercentile(99) / 1e3,
            memory()));
    progress.flush();
    shownDeliveries = deliveries;
    shownAppends = appends;
  }

  private String memory() {
    if (server == null) {
      return "";
    }
    long bytes = server.residentBytes();
    if (resident != null) {
      resident = resident.then(bytes);
    }
    return "  RSS %,d MiB".formatted(bytes >> 20);
  }

  /** Adds the measurements since the last call, and returns those of the deliveries. */
  private Histogram takeIntervals() {
    Histogram appends = appendTimes.getIntervalHistogram(appendInterval);
    Histogram deliveries = deliveryTimes.getIntervalHistogram(deliveryInterval);
    append.add(appends);
    delivery.add(deliveries);
    appendInterval = appends;
    deliveryInterval = deliveries;
    return deliveries;
  }
}
