package dev.ringdraft.authoring;

import static dev.ringdraft.draft.Cast.DRAFT;
import static dev.ringdraft.draft.Cast.OTHER_DRAFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Concurrently;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {
  private static final Duration TIME = Duration.ofSeconds(30);
  private final KeyedLocks lanes = new KeyedLocks();

  @Test
  void what_the_work_gives_comes_out_of_the_lane() {
    assertEquals("done", lanes.<String>withLock(DRAFT, Deadline.none(), () -> "done"));
  }

  @Test
  void in_one_lane_there_is_one_at_a_time() {
    AtomicInteger inside = new AtomicInteger();
    int[] unguarded = new int[1];

    Concurrently.atOnce(
        8,
        i -> {
          for (int n = 0; n < 500; n++) {
            lanes.withLock(
                DRAFT,
                Deadline.none(),
                () -> {
                  assertEquals(1, inside.incrementAndGet());
                  unguarded[0]++;
                  return inside.decrementAndGet();
                });
          }
          return i;
        });

    assertEquals(8 * 500, unguarded[0]);
  }

  @Test
  void two_drafts_do_not_wait_for_each_other() {
    CountDownLatch bothInside = new CountDownLatch(2);
    List<DraftId> drafts = List.of(DRAFT, OTHER_DRAFT);

    List<Boolean> met =
        Concurrently.atOnce(
            2,
            i ->
                lanes.withLock(
                    drafts.get(i),
                    Deadline.none(),
                    () -> {
                      bothInside.countDown();
                      return await(bothInside);
                    }));

    assertEquals(List.of(true, true), met);
  }

  @Test
  void a_lane_is_open_only_while_somebody_is_in_it() {
    assertEquals(0, lanes.open());
    lanes.withLock(
        DRAFT,
        Deadline.none(),
        () -> {
          assertEquals(1, lanes.open());
          return lanes.withLock(
              OTHER_DRAFT,
              Deadline.none(),
              () -> {
                assertEquals(2, lanes.open());
                return "";
              });
        });
    assertEquals(0, lanes.open());
  }

  @Test
  void a_lane_is_left_when_the_work_fails() {
    assertThrows(
        IllegalStateException.class,
        () ->
            lanes.withLock(
                DRAFT,
                Deadline.none(),
                () -> {
                  throw new IllegalStateException();
                }));

    assertEquals(0, lanes.open());
    assertEquals("done", lanes.<String>withLock(DRAFT, Deadline.none(), () -> "done"));
  }

  @Test
  void no_lane_is_left_open_after_a_crowd() {
    Concurrently.atOnce(
        8,
        i -> {
          for (int n = 0; n < 200; n++) {
            lanes.withLock(new DraftId("draft-" + (n % 7)), Deadline.none(), () -> "");
          }
          return i;
        });

    assertEquals(0, lanes.open());
  }

  @Test
  void who_waits_past_the_deadline_does_nothing_and_leaves_the_lane() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    lanes.withLock(
                        DRAFT,
                        Deadline.none(),
                        () -> {
                          inside.countDown();
                          return await(over);
                        }));
    assertTrue(await(inside));

    AtomicInteger done = new AtomicInteger();
    for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(20))) {
      assertThrows(
          StoreUnavailableException.class,
          () -> lanes.withLock(DRAFT, Deadline.after(time), done::incrementAndGet));
    }
    assertEquals(1, lanes.<Integer>withLock(OTHER_DRAFT, Deadline.after(TIME), () -> 1));
    over.countDown();
    first.join();

    assertEquals(0, done.get());
    assertEquals(0, lanes.open());
    assertEquals("done", lanes.<String>withLock(DRAFT, Deadline.after(TIME), () -> "done"));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      boolean open = latch.await(30, TimeUnit.SECONDS);
      assertTrue(open, "the other lane waits");
      return open;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
