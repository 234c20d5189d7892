package dev.ringdraft.app.metrics;

import dev.ringdraft.persistence.connection.PoolMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Measures the waits for a connection to the database. */
final class MeteredPool implements PoolMetrics {
  private final Timer acquired;
  private final Counter failed;

  MeteredPool(Meters meters) {
    acquired =
        meters.histogram("ringdraft.pool.acquire", "time until a connection of the pool was had");
    failed =
        meters.counter(
            "ringdraft.pool.failures", "operations that got no connection of the pool in time");
  }

  @Override
  public void acquired(long nanos) {
    acquired.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed() {
    failed.increment();
  }
}
