package dev.ringdraft.app.audit;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An audit trail in a log of its own. Time is cut into spans; of those who do the same from the
 * same place in one span the first is written whole and the others are counted, and the count is
 * written when the span ends. At most {@value #MOST_KINDS} different ones are counted apart in a
 * span. So the log grows by so many lines a span at most, whatever comes. Safe for use by many
 * threads.
 */
public final class RateLimitedAuditLog implements AuditLog, AutoCloseable {
  /** The log's name. */
  public static final String NAME = "dev.ringdraft.audit";

  /** Different events that are counted apart in one span. */
  static final int MOST_KINDS = 64;

  static final Duration SPAN = Duration.ofSeconds(10);

  private final Consumer<String> log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Repetition> seen = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-timer").factory());
  private long others;

  /** What makes two incidents alike. */
  private record Key(AuditEvent withoutRequest) {
    static Key of(AuditEvent incident) {
      return new Key(incident.withoutRequest());
    }
  }

  /** How often an incident came again in this span. */
  private static final class Repetition {
    private long times;
  }

  /**
   * @param log takes a line
   */
  RateLimitedAuditLog(Consumer<String> log) {
    this.log = log;
  }

  /** Writes to the log {@value #NAME}, and counts by the clock. */
  public static RateLimitedAuditLog start() {
    System.Logger logger = System.getLogger(NAME);
    RateLimitedAuditLog trail = new RateLimitedAuditLog(line -> logger.log(Level.INFO, line));
    Future<?> unused =
        trail.timer.scheduleAtFixedRate(
            trail::endSpan, SPAN.toMillis(), SPAN.toMillis(), TimeUnit.MILLISECONDS);
    return trail;
  }

  @Override
  public void record(AuditEvent incident) {
    if (isFirst(incident)) {
      log.accept(AuditEventJson.of(incident));
    }
  }

  private boolean isFirst(AuditEvent incident) {
    Key key = Key.of(incident);
    lock.lock();
    try {
      Repetition known = seen.get(key);
      if (known != null) {
        known.times++;
        return false;
      }
      if (seen.size() >= MOST_KINDS) {
        others++;
        return false;
      }
      seen.put(key, new Repetition());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the counts, and begins to count anew. */
  void endSpan() {
    Map<Key, Repetition> ended;
    long uncounted;
    lock.lock();
    try {
      ended = new LinkedHashMap<>(seen);
      uncounted = others;
      seen.clear();
      others = 0;
    } finally {
      lock.unlock();
    }
    ended.forEach(
        (key, repetition) -> {
          if (repetition.times > 0) {
            log.accept(AuditEventJson.repeated(key.withoutRequest(), repetition.times, SPAN));
          }
        });
    if (uncounted > 0) {
      log.accept(AuditEventJson.others(uncounted, SPAN));
    }
  }

  /** Writes the counts that are not written yet. */
  @Override
  public void close() {
    timer.shutdownNow();
    endSpan();
  }
}
