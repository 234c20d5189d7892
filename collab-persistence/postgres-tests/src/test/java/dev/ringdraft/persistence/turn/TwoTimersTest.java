package dev.ringdraft.persistence.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.timer.TurnTimer;
import dev.ringdraft.timer.TurnTimerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers, each with its own timer and head cache, on one database. */
@Timeout(60)
class TwoTimersTest {
  private static final int DRAFTS = 60;

  private final AtomicInteger ended = new AtomicInteger();

  @Test
  @SuppressWarnings("try") // a timer works while it is open, and nobody calls it
  void each_turn_ends_once() throws Exception {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    TestPostgres.execute(settings, "update turn_watch set looked_at = clock_timestamp()");
    try (Database one = Database.open(settings);
        Database other = Database.open(settings)) {
      List<DraftId> drafts = new ArrayList<>();
      TimedDrafts server = new TimedDrafts(one.eventStore());
      Instant deadline = one.clock().instant();
      for (int i = 0; i < DRAFTS; i++) {
        drafts.add(server.endingAt(deadline));
      }
      try (TurnTimer first = timer(one);
          TurnTimer second = timer(other)) {
        Eventually.until(() -> ended.get() >= DRAFTS);
      }

      assertEquals(DRAFTS, ended.get());
      for (DraftId draft : drafts) {
        RingPassed passed =
            (RingPassed) one.eventStore().readAfter(draft, 2, 100).getFirst().event();
        assertEquals(PassReason.TIMED_OUT, passed.reason());
        assertEquals(3, one.eventStore().readAfter(draft, 0, 100).size());
      }
    }
  }

  private TurnTimer timer(Database database) {
    TimedDrafts server = new TimedDrafts(database.eventStore());
    return TurnTimer.builder(
            new TurnTimeouts(server.commands(), database.turnDeadlines(), database.clock()))
        .interval(Duration.ofMillis(20))
        .metrics(new Counting())
        .start();
  }

  private final class Counting implements TurnTimerMetrics {
    @Override
    public void looked(Duration took) {}

    @Override
    public void lookFailed() {}

    @Override
    public void ended(Duration late) {
      ended.incrementAndGet();
    }

    @Override
    public void endFailed() {}
  }
}
