package dev.ringdraft.app.metrics;

import dev.ringdraft.room.RoomMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what rooms do, cheaply enough for each write to each viewer. */
final class MeteredRooms implements RoomMetrics {
  private final LongAdder events = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final Counter behind;
  private final Counter aborted;
  private final Counter resumedFromWindow;
  private final Counter resumedFromLog;
  private final Timer told;

  MeteredRooms(MeterRegistry registry) {
    counter(registry, "ringdraft.viewer.events", "events sent to viewers", events);
    counter(registry, "ringdraft.viewer.bytes", "bytes of frames sent to viewers", bytes);
    counter(registry, "ringdraft.viewer.writes", "writes to viewers", writes);
    behind =
        Counter.builder("ringdraft.viewers.behind")
            .description("times that a viewer was behind its room's window")
            .register(registry);
    aborted =
        Counter.builder("ringdraft.viewers.aborted")
            .description("viewers disconnected because they did not read")
            .register(registry);
    resumedFromWindow = resumed(registry, "window");
    resumedFromLog = resumed(registry, "log");
    told =
        Timer.builder("ringdraft.commit.to.write")
            .description("from hearing of a commit until writes to all its viewers have begun")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1))
            .register(registry);
  }

  private static void counter(
      MeterRegistry registry, String name, String description, LongAdder value) {
    FunctionCounter.builder(name, value, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private static Counter resumed(MeterRegistry registry, String from) {
    return Counter.builder("ringdraft.viewers.resumed")
        .description("viewers that came back and went on from where they were")
        .tag("from", from)
        .register(registry);
  }

  @Override
  public void wrote(int eventCount, long byteCount) {
    writes.increment();
    events.add(eventCount);
    bytes.add(byteCount);
  }

  @Override
  public void fanOutStarted(Duration sinceCommit) {
    told.record(sinceCommit);
  }

  @Override
  public void lagged() {
    behind.increment();
  }

  @Override
  public void slowDisconnected() {
    aborted.increment();
  }

  @Override
  public void resumed(boolean fromLog) {
    (fromLog ? resumedFromLog : resumedFromWindow).increment();
  }
}
