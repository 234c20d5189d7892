package dev.ringdraft.app.metrics;

import dev.ringdraft.room.RoomMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what rooms do, cheaply enough for each write to each subscriber. */
final class MeteredRooms implements RoomMetrics {
  private final LongAdder events = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final Counter behind;
  private final Counter aborted;
  private final Counter resumedFromWindow;
  private final Counter resumedFromLog;
  private final Timer fanOut;

  MeteredRooms(MeterRegistry registry) {
    counter(registry, "ringdraft.subscriber.events", "events sent to subscribers", events);
    counter(registry, "ringdraft.subscriber.bytes", "bytes of frames sent to subscribers", bytes);
    counter(registry, "ringdraft.subscriber.writes", "writes to subscribers", writes);
    behind =
        Counter.builder("ringdraft.subscribers.behind")
            .description("times that a subscriber was behind its room's window")
            .register(registry);
    aborted =
        Counter.builder("ringdraft.subscribers.aborted")
            .description("subscribers disconnected because they did not read")
            .register(registry);
    resumedFromWindow = resumed(registry, "window");
    resumedFromLog = resumed(registry, "log");
    fanOut =
        Timer.builder("ringdraft.commit.to.write")
            .description("from commit notification until writes to all subscribers have begun")
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
    return Counter.builder("ringdraft.subscribers.resumed")
        .description("subscribers that resumed")
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
    fanOut.record(sinceCommit);
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
