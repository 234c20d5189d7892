package dev.ringdraft.app.bench;

import dev.ringdraft.app.bench.Figures.Connects;
import dev.ringdraft.app.bench.Figures.Load;
import dev.ringdraft.app.bench.Figures.Machine;
import dev.ringdraft.app.bench.Figures.Times;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A run, from the drafts to the table: seats the viewers, lets time pass under load or idle, and
 * adds up. Progress goes to standard error once a second, the result to standard output.
 */
public final class Bench {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Without a connect for this long, nobody else will get in. */
  private static final long CONNECT_PATIENCE = 30 * SECOND;

  /** How long deliveries are waited for once the last append was answered. */
  private static final long DELIVERY_PATIENCE = 10 * SECOND;

  private static final long TICK_MILLIS = 50;

  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final SingleWriterRecorder appendTimes = new SingleWriterRecorder(3);
  private final SingleWriterRecorder deliveryTimes = new SingleWriterRecorder(3);
  private final Histogram append = new Histogram(3);
  private final Histogram delivery = new Histogram(3);
  private final Run.Faults faults = new Run.Faults();
  private @Nullable Histogram appendInterval;
  private @Nullable Histogram deliveryInterval;
  private long shownAt = System.nanoTime();
  private long shownDeliveries;
  private long shownAppends;

  private Bench(BenchOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it; true when every viewer got everything once and in order, and nobody was refused.
   *
   * @throws BenchException when it can't be run, or not to its end
   */
  public static boolean run(BenchOptions options, PrintStream out, PrintStream err) {
    try {
      return new Bench(options, out, err).run();
    } catch (IOException broken) {
      throw new BenchException("the bench stopped: " + broken.getMessage(), broken);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchException("told to stop", told);
    }
  }

  private boolean run() throws IOException, InterruptedException {
    OpenFiles.refuseMoreThanAllowed(
        options.viewers() + Math.min(options.drafts(), AppendLoop.CONNECTIONS));
    Target target = Target.of(options.url(), options.token());
    Long pid = options.pid();
    ServerProcess server = pid == null ? null : new ServerProcess(pid);
    List<List<Seat>> seats = Stage.set(options);
    List<Viewer> viewers = viewers(seats, target);
    long residentBefore = server == null ? 0 : server.residentBytes();
    try (ViewerLoop loop =
        new ViewerLoop(target, viewers, options.connectsPerSecond(), deliveryTimes)) {
      loop.start();
      Connects connects = connect(loop, viewers.size());
      Duration idle = options.idle();
      Figures figures =
          idle != null
              ? idle(loop, connects, idle, server, residentBefore)
              : load(loop, viewers, seats, target, connects, server, residentBefore);
      return report(figures, loop.problem());
    }
  }

  private List<Viewer> viewers(List<List<Seat>> seats, Target target) {
    List<Viewer> viewers = new ArrayList<>();
    for (int i = 1; i <= options.viewersPerDraft(); i++) {
      for (List<Seat> draft : seats) {
        viewers.add(Viewer.of(options.transport(), draft.get(i), faults, target));
      }
    }
    return viewers;
  }

  private Connects connect(ViewerLoop loop, int viewers) throws InterruptedException {
    loop.connectAll();
    awaitAll(loop, viewers, null);
    return connects(loop);
  }

  private void awaitAll(ViewerLoop loop, int viewers, @Nullable AppendLoop writers)
      throws InterruptedException {
    int before = 0;
    long changed = System.nanoTime();
    while (loop.opened() + loop.refused() < viewers) {
      pause(loop, writers);
      int now = loop.opened() + loop.refused();
      if (now != before) {
        before = now;
        changed = System.nanoTime();
      }
      if (System.nanoTime() - changed > CONNECT_PATIENCE) {
        throw new BenchException(
            "%d of %d viewers are in, and nobody else for %d s"
                .formatted(loop.opened(), viewers, CONNECT_PATIENCE / SECOND));
      }
    }
    if (loop.opened() == 0 && viewers > 0) {
      throw new BenchException("no viewer was let in: " + loop.problem());
    }
  }

  private static Connects connects(ViewerLoop loop) {
    double seconds = Math.max(1, loop.connectNanos()) / (double) SECOND;
    return new Connects(
        loop.opened(),
        loop.opened() / seconds,
        Times.of(loop.connecting().copy()),
        new TreeMap<>(loop.refusals()));
  }

  private Figures idle(
      ViewerLoop loop,
      Connects connects,
      Duration idle,
      @Nullable ServerProcess server,
      long residentBefore)
      throws IOException, InterruptedException {
    long cpuBefore = server == null ? 0 : server.cpuMillis();
    long end = System.nanoTime() + idle.toNanos();
    while (System.nanoTime() < end) {
      pause(loop, null);
    }
    Machine machine =
        server == null
            ? null
            : new Machine(
                (server.cpuMillis() - cpuBefore) / 1e3,
                Double.NaN,
                residentBefore,
                server.residentBytes(),
                loop.opened());
    loop.close();
    return new Figures(
        options.drafts(),
        options.viewers(),
        options.transport(),
        connects,
        null,
        null,
        loop.closes(),
        options.stalled(),
        0,
        machine);
  }

  private Figures load(
      ViewerLoop loop,
      List<Viewer> viewers,
      List<List<Seat>> seats,
      Target target,
      Connects connects,
      @Nullable ServerProcess server,
      long residentBefore)
      throws IOException, InterruptedException {
    Schedule schedule =
        new Schedule(System.nanoTime() + SECOND / 5, options.appendsPerSecond(), options.drafts());
    long warm = schedule.within(options.warmUp());
    long number = warm + schedule.within(options.duration());
    long from = schedule.due(warm);
    long until = schedule.due(number);
    loop.measure(from, until);
    try (AppendLoop writers =
        new AppendLoop(
            target,
            seats.stream().map(List::getFirst).toList(),
            options.payloadCodePoints(),
            schedule,
            number,
            from,
            appendTimes)) {
      writers.start();
      passUntil(from, loop, writers);
      long cpuBefore = server == null ? 0 : server.cpuMillis();
      long deliveriesBefore = loop.deliveries();
      Connects reconnects = null;
      Duration reconnectAt = options.reconnectAt();
      if (reconnectAt != null) {
        passUntil(from + reconnectAt.toNanos(), loop, writers);
        loop.connectAll();
        awaitAll(loop, viewers.size(), writers);
        reconnects = connects(loop);
      }
      while (!writers.isOver()) {
        pause(loop, writers);
      }
      writers.refuseFault();
      long[] heads = writers.heads();
      long patience = System.nanoTime() + DELIVERY_PATIENCE;
      while (!loop.areAllAt(heads) && System.nanoTime() < patience) {
        pause(loop, writers);
      }
      Machine machine =
          server == null
              ? null
              : machine(server, cpuBefore, residentBefore, loop, deliveriesBefore);
      int stalledClosed = loop.countStalledThatAreGone();
      loop.close();
      for (Viewer viewer : viewers) {
        if (viewer.visited && !viewer.seat.stalls()) {
          viewer.run.endAt(heads[viewer.seat.draft()]);
        }
      }
      takeIntervals();
      String problem = writers.problem();
      if (problem != null) {
        complain(problem);
      }
      Load load =
          new Load(
              append.getTotalCount() / seconds(from, Math.max(until, writers.lastAnswered())),
              Times.of(append),
              writers.refusals(),
              delivery.getTotalCount() / seconds(from, Math.max(until, loop.lastMeasured())),
              Times.of(delivery),
              faults.lost(),
              faults.doubled(),
              faults.disordered());
      return new Figures(
          options.drafts(),
          options.viewers(),
          options.transport(),
          connects,
          reconnects,
          load,
          loop.closes(),
          options.stalled(),
          stalledClosed,
          machine);
    }
  }

  private static Machine machine(
      ServerProcess server,
      long cpuBefore,
      long residentBefore,
      ViewerLoop loop,
      long deliveriesBefore) {
    double cpu = (server.cpuMillis() - cpuBefore) / 1e3;
    long deliveries = loop.deliveries() - deliveriesBefore;
    return new Machine(
        cpu,
        deliveries == 0 ? Double.NaN : cpu * 1e6 / deliveries,
        residentBefore,
        server.residentBytes(),
        loop.opened());
  }

  private static double seconds(long from, long until) {
    return (until - from) / (double) SECOND;
  }

  private void passUntil(long time, ViewerLoop loop, AppendLoop writers)
      throws InterruptedException {
    while (System.nanoTime() < time && !writers.isOver()) {
      pause(loop, writers);
    }
  }

  private void pause(ViewerLoop loop, @Nullable AppendLoop writers) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    loop.refuseFault();
    if (writers != null) {
      writers.refuseFault();
    }
    long now = System.nanoTime();
    if (now - shownAt >= SECOND) {
      show(now, loop, writers);
    }
  }

  private void show(long now, ViewerLoop loop, @Nullable AppendLoop writers) {
    double seconds = (now - shownAt) / (double) SECOND;
    shownAt = now;
    Histogram interval = takeIntervals();
    long deliveries = loop.deliveries();
    long appends = writers == null ? 0 : writers.answered();
    err.println(
        String.format(
            Locale.ROOT,
            "viewers %,d  appends %,.0f/s  deliveries %,.0f/s  p99 %.1f ms",
            loop.opened() - loop.ended(),
            (appends - shownAppends) / seconds,
            (deliveries - shownDeliveries) / seconds,
            interval.getValueAtPercentile(99) / 1e3));
    err.flush();
    shownDeliveries = deliveries;
    shownAppends = appends;
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

  private boolean report(Figures figures, @Nullable String problem) throws IOException {
    if (problem != null) {
      complain("a viewer was refused: " + problem);
    }
    out.print(figures.table());
    out.flush();
    if (options.json() != null) {
      Files.writeString(options.json(), figures.json() + "\n");
    }
    return figures.isClean();
  }

  private void complain(String line) {
    err.println("ringdraft: bench: " + line);
    err.flush();
  }
}
