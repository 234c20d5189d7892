package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.app.story.Person.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Segments that are appended to a draft until its server has gone, each under a key of its own.
 * Safe for use by many threads.
 */
final class Burst {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String draft;
  private final Duration rest;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  /**
   * @param rest how long each writer rests after each of its segments
   */
  Burst(String draft, Duration rest) {
    this.draft = draft;
    this.rest = rest;
  }

  void appendUntilGone(Person writer) {
    try {
      while (append(writer)) {
        LockSupport.parkNanos(rest.toNanos());
      }
    } catch (IOException gone) {
      // The story goes on with what was acknowledged, and with what is in doubt.
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the server took it; one that goes away says so. */
  private boolean append(Person writer) throws IOException, InterruptedException {
    String content = "segment " + next.getAndIncrement();
    Answer answer = writer.append(draft, content, content);
    if (answer.status() == 503) {
      return false;
    }
    acknowledged.put(content, answer.expect(201).body().get("revision").asLong());
    return true;
  }

  /** Appends all of it again: what was acknowledged has its first outcome. */
  void repeat(Person writer) throws IOException, InterruptedException {
    for (int i = 0; i < next.get(); i++) {
      String content = "segment " + i;
      long revision =
          writer.append(draft, content, content).expect(201).body().get("revision").asLong();
      Long first = acknowledged.putIfAbsent(content, revision);
      if (first != null) {
        assertEquals(first, revision, "the first outcome");
      }
    }
  }

  /** What was appended, and at which revision. */
  Map<String, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  void awaitAcknowledged(int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged.size() < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "acknowledged: %d (expected: %d)".formatted(acknowledged.size(), count));
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
