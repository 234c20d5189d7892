package dev.ringdraft.app.metrics;

import dev.ringdraft.timer.TurnTimerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts the turns that end by their deadline. */
final class MeteredTurns implements TurnTimerMetrics {
  private final Timer looks;
  private final Timer late;
  private final Counter failedLooks;
  private final Counter failedEndings;

  MeteredTurns(MeterRegistry registry) {
    looks =
        Timer.builder("ringdraft.turns.look")
            .description("time of one look for overdue turns")
            .register(registry);
    late =
        Timer.builder("ringdraft.turns.late")
            .description("turns ended here by their deadline: from the deadline until the commit")
            .serviceLevelObjectives(
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5))
            .register(registry);
    failedLooks = failures(registry, "look");
    failedEndings = failures(registry, "end");
  }

  private static Counter failures(MeterRegistry registry, String step) {
    return Counter.builder("ringdraft.turns.failures")
        .description("looks for overdue turns, and ends of such turns, that failed")
        .tag("step", step)
        .register(registry);
  }

  @Override
  public void looked(Duration took) {
    looks.record(took);
  }

  @Override
  public void lookFailed() {
    failedLooks.increment();
  }

  @Override
  public void ended(Duration overdue) {
    late.record(overdue);
  }

  @Override
  public void endFailed() {
    failedEndings.increment();
  }
}
