package dev.ringdraft.app.metrics;

import dev.ringdraft.wire.WireName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Makes meters of one registry. */
record Meters(MeterRegistry registry) {
  /** Bounds for what takes from one millisecond to the longest deadline of a command. */
  private static final Duration[] BOUNDS =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** A counter; the registry ends its name with {@code _total}. */
  Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /** A counter for each constant, which is the value of a label. */
  <E extends Enum<E>> Map<E, Counter> counters(
      String name, String description, String label, Class<E> values) {
    Map<E, Counter> counters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      counters.put(value, counter(name, description, label, WireName.of(value)));
    }
    return counters;
  }

  /** A histogram of durations; the registry ends its name with {@code _seconds}. */
  Timer histogram(String name, String description, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
