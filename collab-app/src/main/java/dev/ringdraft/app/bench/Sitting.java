package dev.ringdraft.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The viewers of a bench in their seats, and the runs that they sit through. For one thread. */
final class Sitting implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Without a connect for this long, nobody else will get in. */
  private static final long CONNECT_PATIENCE = 30 * SECOND;

  /** How long deliveries are waited for once the last append was answered. */
  private static final long DELIVERY_PATIENCE = 10 * SECOND;

  /** How long the end of a stalled viewer's connection is looked for behind what was sent. */
  private static final long STALLED_PATIENCE = SECOND;

  private static final long TICK_MILLIS = 50;

  private final BenchOptions options;
  private final Target target;
  private final List<Seat> writers;
  private final Meter meter;
  private final Run.Faults faults = new Run.Faults();
  private final List<Viewer> viewers;
  private final ViewerLoop loop;

  /** The revision that each draft has come to. */
  private final long[] heads;

  private @Nullable String problem;

  /**
   * @param seats of each draft: the writer's first, then the viewers'
   */
  Sitting(BenchOptions options, List<List<Seat>> seats, Meter meter) throws IOException {
    this.options = options;
    this.target = Target.of(options.url(), options.token());
    this.writers = seats.stream().map(List::getFirst).toList();
    this.meter = meter;
    this.heads = writers.stream().mapToLong(Seat::head).toArray();
    this.viewers = new ArrayList<>();
    for (int i = 1; i <= options.viewersPerDraft(); i++) {
      for (List<Seat> draft : seats) {
        viewers.add(Viewer.of(options.transport(), draft.get(i), faults, target));
      }
    }
    this.loop = new ViewerLoop(target, viewers, options.connectsPerSecond(), meter.deliveryTimes());
    loop.start();
  }

  /** Lets everybody in. */
  Connects connect() throws InterruptedException {
    loop.connectAll();
    awaitAll(null);
    return connects();
  }

  private void awaitAll(@Nullable AppendLoop appends) throws InterruptedException {
    int before = 0;
    long changed = System.nanoTime();
    while (loop.opened() + loop.refused() < viewers.size()) {
      pause(appends);
      int now = loop.opened() + loop.refused();
      if (now != before) {
        before = now;
        changed = System.nanoTime();
      }
      if (System.nanoTime() - changed > CONNECT_PATIENCE) {
        throw new BenchException(
            "%d of %d viewers are in, and nobody else for %d s"
                .formatted(loop.opened(), viewers.size(), CONNECT_PATIENCE / SECOND));
      }
    }
    if (loop.opened() == 0 && !viewers.isEmpty()) {
      throw new BenchException("no viewer was let in: " + loop.problem());
    }
  }

  private Connects connects() {
    Times times = Times.of(loop.connecting().copy());
    double seconds = Math.max(1, loop.connectNanos()) / (double) SECOND;
    return new Connects(
        times.count(), times.count() / seconds, times, new Refusals(loop.refusals()));
  }

  /** Lets time pass with nothing appended. */
  Measured idle(Duration time) throws InterruptedException {
    meter.beginMachine();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      pause(null);
    }
    return new Measured(null, null, null, meter.machine(0, loop.opened()));
  }

  /**
   * Appends for as long as the options say, and waits for what is delivered of it.
   *
   * @param warmUp under the same load before anything counts
   */
  Measured load(Duration warmUp) throws IOException, InterruptedException {
    Schedule schedule =
        new Schedule(System.nanoTime() + SECOND / 5, options.appendsPerSecond(), options.drafts());
    long warm = schedule.within(warmUp);
    long number = warm + schedule.within(options.duration());
    long from = schedule.due(warm);
    long until = schedule.due(number);
    meter.begin();
    loop.measure(from, until);
    try (AppendLoop appends =
        new AppendLoop(
            target,
            writers,
            options.payloadCodePoints(),
            schedule,
            number,
            from,
            meter.appendTimes())) {
      appends.start();
      passUntil(from, appends);
      meter.beginMachine();
      long deliveriesBefore = loop.deliveries();
      Connects reconnects = reconnect(from, appends);
      Connects churn = untilAppended(appends, from);
      Machine machine = meter.machine(loop.deliveries() - deliveriesBefore, loop.opened());
      if (problem == null) {
        problem = appends.problem();
      }
      Times append = meter.appends();
      Times delivery = meter.deliveries();
      Load load =
          new Load(
              append.count() / seconds(from, Math.max(until, appends.lastAnswered())),
              append,
              new Refusals(appends.refusals()),
              delivery.count() / seconds(from, Math.max(until, loop.lastMeasured())),
              delivery);
      return new Measured(reconnects, churn, load, machine);
    }
  }

  private static double seconds(long from, long until) {
    return (until - from) / (double) SECOND;
  }

  private @Nullable Connects reconnect(long from, AppendLoop appends) throws InterruptedException {
    Duration at = options.reconnectAt();
    if (at == null) {
      return null;
    }
    passUntil(from + at.toNanos(), appends);
    loop.connectAll();
    awaitAll(appends);
    return connects();
  }

  /** Waits for all appends and deliveries, while viewers come and go if they are to. */
  private @Nullable Connects untilAppended(AppendLoop appends, long from)
      throws InterruptedException {
    boolean churns = options.churnPerSecond() > 0;
    if (churns) {
      loop.churn(new Schedule(from, options.churnPerSecond(), viewers.size()));
    }
    while (!appends.isOver()) {
      pause(appends);
    }
    appends.refuseFault();
    loop.endChurn();
    long[] reached = appends.heads();
    for (int i = 0; i < heads.length; i++) {
      heads[i] = Math.max(heads[i], reached[i]);
    }
    long patience = System.nanoTime() + DELIVERY_PATIENCE;
    while (!loop.areAllAt(heads) && System.nanoTime() < patience) {
      pause(appends);
    }
    return churns ? connects() : null;
  }

  private void passUntil(long time, AppendLoop appends) throws InterruptedException {
    while (System.nanoTime() < time && !appends.isOver()) {
      pause(appends);
    }
  }

  private void pause(@Nullable AppendLoop appends) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    loop.refuseFault();
    if (appends != null) {
      appends.refuseFault();
    }
    meter.tick(loop, appends);
  }

  /** Ends it: whoever is missing something now has lost it. */
  Figures end(Connects connects, List<Measured> runs) throws IOException, InterruptedException {
    int stalledClosed = stalledThatAreGone();
    loop.close();
    for (Viewer viewer : viewers) {
      if (viewer.visited && !viewer.seat.stalls()) {
        viewer.run.endAt(heads[viewer.seat.draft()]);
      }
    }
    return new Figures(
        options.drafts(),
        options.viewers(),
        options.transport(),
        connects,
        runs,
        faults,
        new Refusals(loop.closes()),
        options.stalled(),
        stalledClosed);
  }

  private int stalledThatAreGone() throws InterruptedException {
    loop.drainStalled();
    long patience = System.nanoTime() + STALLED_PATIENCE;
    while (loop.countStalledThatAreGone() < options.stalled() && System.nanoTime() < patience) {
      pause(null);
    }
    return loop.countStalledThatAreGone();
  }

  /** What the first refused append or viewer was told; null when there was none. */
  @Nullable String problem() {
    String refused = loop.problem();
    return problem != null || refused == null ? problem : "a viewer was refused: " + refused;
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
