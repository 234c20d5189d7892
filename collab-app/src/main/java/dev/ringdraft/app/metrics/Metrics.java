package dev.ringdraft.app.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.app.auth.KeyFetchMetrics;
import dev.ringdraft.app.cli.ProgramVersion;
import dev.ringdraft.app.http.handler.RequestMetrics;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.notification.NotificationMetrics;
import dev.ringdraft.persistence.PoolUsage;
import dev.ringdraft.persistence.connection.PoolMetrics;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomMetrics;
import dev.ringdraft.timer.TurnTimerMetrics;
import dev.ringdraft.wire.WireName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a server, of its rooms, its timer of turns and of the Java machine under it.
 *
 * <p>Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {
  /** What {@link #text} is, as Prometheus names it. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry = registry();
  private final Meters meters = new Meters(registry);
  private final MeteredRooms rooms = new MeteredRooms(registry);
  private final MeteredTurns turns = new MeteredTurns(registry);
  private final MeteredRequests requests = new MeteredRequests(meters);
  private final MeteredCommands commands = new MeteredCommands(meters);
  private final MeteredAccess access = new MeteredAccess(meters);
  private final MeteredPool pool = new MeteredPool(meters);
  private final MeteredNotifications notifications = new MeteredNotifications(meters);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Meters of the Java machine and of the ports, so far. */
  public Metrics() {
    Gauge.builder("ringdraft.build.info", () -> 1)
        .description("the program and the Java machine under it")
        .tags("version", ProgramVersion.text(), "java", Runtime.version().toString())
        .register(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, each -> each.getProcessCpuTime() / 1e9)
          .description("processor time of the process")
          .baseUnit("seconds")
          .register(registry);
    }
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Without two meters of the library whose names Prometheus has rules against. */
  private static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        // Its unit is the nanosecond, which Prometheus does not use.
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        // Its name would end as that of a part of a histogram does.
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    return registry;
  }

  /** The port by which rooms are measured. */
  public RoomMetrics rooms() {
    return rooms;
  }

  /** The port by which the timer of turns is measured. */
  public TurnTimerMetrics turns() {
    return turns;
  }

  /** The port by which answers to requests are measured. */
  public RequestMetrics requests() {
    return requests;
  }

  /** The port by which fetches of keys are measured. */
  public KeyFetchMetrics keyFetches() {
    return access;
  }

  /** The port by which waits for a connection are measured. */
  public PoolMetrics pool() {
    return pool;
  }

  /** The port by which notifications are measured. */
  public NotificationMetrics notifications() {
    return notifications;
  }

  /** The same authenticator, with its outcomes counted. */
  public Authenticator authenticator(Authenticator authenticator) {
    return access.authenticator(authenticator);
  }

  /** The same audit log, with the limits that it hears of counted. */
  public AuditLog auditLog(AuditLog log) {
    return access.auditLog(log);
  }

  /** The same store for commands, with their stages and commits measured. */
  public DraftEventStore commandStore(DraftEventStore store) {
    return commands.store(store);
  }

  /** The same listener for commands, with its time measured. */
  public CommitListener commitListener(CommitListener listener) {
    return commands.listener(listener);
  }

  /**
   * Measures the pool of a database.
   *
   * @param usage asked for each number; locks nothing
   */
  public void measure(Supplier<PoolUsage> usage) {
    String name = "ringdraft.pool.connections";
    String description = "connections of the pool to the database, by state";
    gauge(name, description, Tags.of("state", "active"), () -> usage.get().active());
    gauge(name, description, Tags.of("state", "idle"), () -> usage.get().idle());
    gauge(
        "ringdraft.pool.waiting",
        "threads that wait for a connection of the pool",
        Tags.empty(),
        () -> usage.get().waiting());
    gauge(
        "ringdraft.pool.connections.limit",
        "most connections of the pool",
        Tags.empty(),
        () -> usage.get().limit());
  }

  /**
   * Measures a state: the gauge of the present one is 1, those of the others are 0.
   *
   * @param all the constants, which are the values of the label {@code state}
   */
  public <E extends Enum<E>> void measure(
      String name, String description, Class<E> all, Supplier<E> present) {
    for (E state : all.getEnumConstants()) {
      gauge(
          name,
          description,
          Tags.of("state", WireName.of(state)),
          () -> present.get() == state ? 1 : 0);
    }
  }

  private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  /** Measures a hub: its rooms, and those who are in them. */
  public void measure(RoomHub hub) {
    gauge("ringdraft.rooms", "rooms that are open", hub, RoomHub::openRooms);
    gauge("ringdraft.subscribers", "subscribers on all transports", hub, RoomHub::subscribers);
  }

  /** Measures something that changes. */
  public <T> void gauge(String name, String description, T measured, ToDoubleFunction<T> value) {
    Gauge.builder(name, measured, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Measures something that only grows. */
  public <T> void counter(String name, String description, T measured, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, measured, value).description(description).register(registry);
  }

  /** All meters as they are now, in the text format of Prometheus. */
  public String text() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
