package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.FileLimit;
import dev.ringdraft.bench.check.SequenceCheck;
import dev.ringdraft.bench.report.ConnectStats;
import dev.ringdraft.bench.report.LatencySummary;
import dev.ringdraft.bench.report.LoadStats;
import dev.ringdraft.bench.report.Report;
import dev.ringdraft.bench.report.RunResult;
import dev.ringdraft.bench.report.ServerUsage;
import dev.ringdraft.bench.report.StatusCounts;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connected subscribers of a bench, and the runs measured on them. Not thread-safe; the methods
 * block for as long as a run takes.
 */
public final class Session implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Without a connect for this long, the server accepts no more. */
  private static final long CONNECT_PATIENCE = 30 * SECOND;

  /** The longest wait for deliveries once the last append was answered. */
  private static final long DELIVERY_PATIENCE = 10 * SECOND;

  /** The longest wait for the end of stalled connections, which comes after the bytes before it. */
  private static final long STALLED_PATIENCE = SECOND;

  private static final long TICK_MILLIS = 50;

  private final BenchOptions options;
  private final Target target;
  private final List<ViewerSpec> owners;
  private final Meter meter;
  private final SequenceCheck.Faults faults;
  private final List<BenchSubscriber> subscribers;
  private final SubscriberLoop loop;

  /** The head revision of each draft. */
  private final long[] heads;

  private @Nullable String problem;

  private Session(BenchOptions options, Audience audience, List<ViewerSpec> owners, Meter meter)
      throws IOException {
    this.options = options;
    this.target = audience.target();
    this.owners = owners;
    this.meter = meter;
    this.heads = owners.stream().mapToLong(ViewerSpec::head).toArray();
    this.faults = audience.faults();
    this.subscribers = audience.subscribers();
    this.loop =
        SubscriberLoop.start(
            target, subscribers, options.connectsPerSecond(), meter.deliveryTimes());
  }

  /** The subscribers of all drafts, the first of each draft first. */
  private record Audience(
      Target target, SequenceCheck.Faults faults, List<BenchSubscriber> subscribers) {
    static Audience of(BenchOptions options, List<List<ViewerSpec>> specs) {
      Target target = Target.of(options.url(), options.token());
      SequenceCheck.Faults faults = new SequenceCheck.Faults();
      List<BenchSubscriber> subscribers = new ArrayList<>();
      for (int i = 1; i <= options.viewersPerDraft(); i++) {
        for (List<ViewerSpec> draft : specs) {
          subscribers.add(BenchSubscriber.of(options.transport(), draft.get(i), faults, target));
        }
      }
      return new Audience(target, faults, List.copyOf(subscribers));
    }
  }

  /**
   * Creates the drafts on the server.
   *
   * @param progress gets a line a second
   * @throws BenchException if the server can't be reached or refuses
   */
  public static Session open(BenchOptions options, PrintStream progress)
      throws IOException, InterruptedException {
    FileLimit.requireConnections(
        options.viewers() + Math.min(options.drafts(), AppendLoop.CONNECTIONS));
    Long pid = options.pid();
    ServerProcess server = pid == null ? null : new ServerProcess(pid);
    List<List<ViewerSpec>> specs = Setup.create(options);
    return open(options, specs, new Meter(progress, server));
  }

  /**
   * The same on drafts that exist.
   *
   * @param specs of each draft: its owner first, then its viewers
   */
  static Session open(BenchOptions options, List<List<ViewerSpec>> specs, Meter meter)
      throws IOException {
    List<ViewerSpec> owners = specs.stream().map(List::getFirst).toList();
    return new Session(options, Audience.of(options, specs), owners, meter);
  }

  /**
   * Connects the subscribers, measures all runs, and ends the connections.
   *
   * @throws BenchException if a subscriber is refused before the first run, or a run does not come
   *     to its end
   */
  public Report measure() throws IOException, InterruptedException {
    ConnectStats connects = connect();
    requireAll();
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < options.runs(); i++) {
      Duration idle = options.idle();
      // After a run under load the server is warm.
      Duration warmUp = i == 0 ? options.warmUp() : Duration.ZERO;
      runs.add(idle != null ? idle(idle) : load(warmUp));
    }
    return end(connects, runs);
  }

  /** The reason of the first refused append or subscriber; null without one. */
  public @Nullable String problem() {
    String refused = loop.connections().problem();
    return problem != null || refused == null ? problem : "a viewer was refused: " + refused;
  }

  /** Connects all subscribers. */
  ConnectStats connect() throws InterruptedException {
    loop.connectAll();
    awaitConnects(null);
    return connects();
  }

  /** A run with fewer subscribers would answer another question. */
  private void requireAll() {
    ConnectionCounts counts = loop.connections();
    if (counts.refused() > 0) {
      throw new BenchException(
          "%d of %d viewers were refused, so nothing is measured: %s"
              .formatted(counts.refused(), subscribers.size(), counts.problem()));
    }
  }

  private void awaitConnects(@Nullable AppendLoop appends) throws InterruptedException {
    ConnectionCounts counts = loop.connections();
    int before = 0;
    long changed = System.nanoTime();
    while (counts.opened() + counts.refused() < subscribers.size()) {
      pause(appends);
      int now = counts.opened() + counts.refused();
      if (now != before) {
        before = now;
        changed = System.nanoTime();
      }
      if (System.nanoTime() - changed > CONNECT_PATIENCE) {
        throw new BenchException(
            "%d of %d viewers are connected, and no other for %d s"
                .formatted(counts.opened(), subscribers.size(), CONNECT_PATIENCE / SECOND));
      }
    }
    if (counts.opened() == 0 && !subscribers.isEmpty()) {
      throw new BenchException("no viewer was accepted: " + counts.problem());
    }
  }

  private ConnectStats connects() {
    LatencySummary times = LatencySummary.of(loop.connections().times().copy());
    double seconds = Math.max(1, loop.connections().phaseNanos()) / (double) SECOND;
    return new ConnectStats(times.count(), times.count() / seconds, times, loop.refusals());
  }

  /** Holds the connections without an append. */
  RunResult idle(Duration time) throws InterruptedException {
    meter.beginServer();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      pause(null);
    }
    return RunResult.idle(meter.server(0, loop.connections().opened()));
  }

  /** Appends for the time that the options give, after a warm-up under the same load. */
  private RunResult load(Duration warmUp) throws IOException, InterruptedException {
    Schedule schedule =
        new Schedule(System.nanoTime() + SECOND / 5, options.appendsPerSecond(), options.drafts());
    long warm = schedule.within(warmUp);
    long number = warm + schedule.within(options.duration());
    long from = schedule.due(warm);
    long until = schedule.due(number);
    AppendLoop.Plan plan = new AppendLoop.Plan(schedule, options.payloadCodePoints(), number, from);
    meter.begin();
    loop.deliveries().measure(from, until);
    try (AppendLoop appends = AppendLoop.start(target, owners, plan, meter.appendTimes())) {
      passUntil(from, appends);
      meter.beginServer();
      long deliveriesBefore = loop.deliveries().total();
      ConnectStats reconnects = reconnect(from, appends);
      ConnectStats churn = untilDelivered(appends, from);
      ServerUsage server =
          meter.server(loop.deliveries().total() - deliveriesBefore, loop.connections().opened());
      if (problem == null) {
        problem = appends.problem();
      }
      return new RunResult(reconnects, churn, load(appends, from, until), server);
    }
  }

  private LoadStats load(AppendLoop appends, long from, long until) {
    LatencySummary append = meter.appends();
    LatencySummary delivery = meter.deliveries();
    return new LoadStats(
        append.count() / seconds(from, Math.max(until, appends.lastAnswered())),
        append,
        new StatusCounts(appends.refusals()),
        delivery.count() / seconds(from, Math.max(until, loop.deliveries().lastMeasured())),
        delivery);
  }

  private static double seconds(long from, long until) {
    return (until - from) / (double) SECOND;
  }

  private @Nullable ConnectStats reconnect(long from, AppendLoop appends)
      throws InterruptedException {
    Duration at = options.reconnectAt();
    if (at == null) {
      return null;
    }
    passUntil(from + at.toNanos(), appends);
    loop.connectAll();
    awaitConnects(appends);
    return connects();
  }

  /** Waits for all appends and deliveries, with churn if the options ask for it. */
  private @Nullable ConnectStats untilDelivered(AppendLoop appends, long from)
      throws InterruptedException {
    boolean churns = options.churnPerSecond() > 0;
    if (churns) {
      loop.churn(new Schedule(from, options.churnPerSecond(), subscribers.size()));
    }
    while (!appends.isOver()) {
      pause(appends);
    }
    appends.rethrowFault();
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
    loop.rethrowFault();
    if (appends != null) {
      appends.rethrowFault();
    }
    meter.tick(loop, appends);
  }

  /** Ends all connections: events that a subscriber lacks now are lost. */
  Report end(ConnectStats connects, List<RunResult> runs) throws IOException, InterruptedException {
    int stalledClosed = countEndedStalled();
    loop.close();
    for (BenchSubscriber subscriber : subscribers) {
      if (subscriber.visited && !subscriber.spec.stalls()) {
        subscriber.sequence.endAt(heads[subscriber.spec.draft()]);
      }
    }
    return new Report(
        new Report.Scale(options.drafts(), options.viewers(), options.transport().toString()),
        connects,
        runs,
        new Report.Checks(
            faults,
            new StatusCounts(loop.connections().closes()),
            options.stalled(),
            stalledClosed));
  }

  private int countEndedStalled() throws InterruptedException {
    loop.drainStalled();
    long patience = System.nanoTime() + STALLED_PATIENCE;
    while (loop.countEndedStalled() < options.stalled() && System.nanoTime() < patience) {
      pause(null);
    }
    return loop.countEndedStalled();
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
