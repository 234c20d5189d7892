package dev.ringdraft.app.metrics;

import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomMetrics;
import dev.ringdraft.timer.TurnTimerMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a server, of its rooms, its timer of turns and of the Java machine under it.
 *
 * <p>Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {
  /** What {@link #text} is, as Prometheus names it. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeteredRooms rooms = new MeteredRooms(registry);
  private final MeteredTurns turns = new MeteredTurns(registry);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Meters of the Java machine alone, so far. */
  public Metrics() {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The port by which rooms are measured. */
  public RoomMetrics rooms() {
    return rooms;
  }

  /** The port by which the timer of turns is measured. */
  public TurnTimerMetrics turns() {
    return turns;
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
