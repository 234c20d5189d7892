package dev.ringdraft.authoring;

import static dev.ringdraft.draft.Cast.DRAFT;
import static dev.ringdraft.draft.Cast.OTHER_DRAFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Concurrently;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {
  private final KeyedLocks lanes = new KeyedLocks();

  @Test
  void what_the_work_gives_comes_out_of_the_lane() {
    assertEquals("done", lanes.<String>withLock(DRAFT, () -> "done"));
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
        () -> {
          assertEquals(1, lanes.open());
          return lanes.withLock(
              OTHER_DRAFT,
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
                () -> {
                  throw new IllegalStateException();
                }));

    assertEquals(0, lanes.open());
    assertEquals("done", lanes.<String>withLock(DRAFT, () -> "done"));
  }

  @Test
  void no_lane_is_left_open_after_a_crowd() {
    Concurrently.atOnce(
        8,
        i -> {
          for (int n = 0; n < 200; n++) {
            lanes.withLock(new DraftId("draft-" + (n % 7)), () -> "");
          }
          return i;
        });

    assertEquals(0, lanes.open());
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
