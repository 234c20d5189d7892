package dev.ringdraft.app.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a run while it lasts, and the line a second that shows it. For one thread;
 * the two recorders are each for another.
 */
final class Meter {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final PrintStream out;
  private final @Nullable ServerProcess server;
  private final long residentBefore;
  private final SingleWriterRecorder appendTimes = new SingleWriterRecorder(3);
  private final SingleWriterRecorder deliveryTimes = new SingleWriterRecorder(3);
  private final Histogram append = new Histogram(3);
  private final Histogram delivery = new Histogram(3);
  private @Nullable Histogram appendInterval;
  private @Nullable Histogram deliveryInterval;
  private @Nullable Resident resident;
  private long cpuBefore;
  private long shownAt = System.nanoTime();
  private long shownDeliveries;
  private long shownAppends;

  /**
   * @param server whose memory is shown too, as it is before anybody connects; null for none
   */
  Meter(PrintStream out, @Nullable ServerProcess server) {
    this.out = out;
    this.server = server;
    this.residentBefore = server == null ? 0 : server.residentBytes();
  }

  /** Takes the times of appends, in microseconds. */
  SingleWriterRecorder appendTimes() {
    return appendTimes;
  }

  /** Takes the times of deliveries, in microseconds. */
  SingleWriterRecorder deliveryTimes() {
    return deliveryTimes;
  }

  /** Begins with a run: of what was measured before nothing counts. */
  void begin() {
    Histogram unused = takeIntervals();
    append.reset();
    delivery.reset();
    shownAppends = 0;
  }

  /** Counts what the server uses from now on. */
  void beginMachine() {
    if (server != null) {
      cpuBefore = server.cpuMillis();
      resident = Resident.of(server.residentBytes());
    }
  }

  /** From when they were due to their 201. */
  Times appends() {
    Histogram unused = takeIntervals();
    return Times.of(append);
  }

  /** From when their appends were due until they were read. */
  Times deliveries() {
    Histogram unused = takeIntervals();
    return Times.of(delivery);
  }

  /** What the server has used; null when its process is not known. */
  @Nullable Machine machine(long deliveries, int connections) {
    Resident before = resident;
    if (server == null || before == null) {
      return null;
    }
    double cpu = (server.cpuMillis() - cpuBefore) / 1e3;
    Resident whole = before.then(server.residentBytes());
    return new Machine(
        cpu,
        deliveries == 0 ? Double.NaN : cpu * 1e6 / deliveries,
        whole,
        connections == 0 ? 0 : (whole.last() - residentBefore) / connections);
  }

  /** Shows a line when one is due. */
  void tick(ViewerLoop viewers, @Nullable AppendLoop writers) {
    long now = System.nanoTime();
    if (now - shownAt < SECOND) {
      return;
    }
    double seconds = (now - shownAt) / (double) SECOND;
    shownAt = now;
    Histogram interval = takeIntervals();
    long deliveries = viewers.deliveries();
    long appends = writers == null ? shownAppends : writers.answered();
    out.println(
        String.format(
            Locale.ROOT,
            "viewers %,d  appends %,.0f/s  deliveries %,.0f/s  p99 %.1f ms%s",
            viewers.opened() - viewers.ended(),
            (appends - shownAppends) / seconds,
            (deliveries - shownDeliveries) / seconds,
            interval.getValueAtPercentile(99) / 1e3,
            memory()));
    out.flush();
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

  /** Adds what was measured since, and gives that of the deliveries. */
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
