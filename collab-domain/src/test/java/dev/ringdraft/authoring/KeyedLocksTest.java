package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.OTHER_DRAFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.testing.Concurrently;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {
  private static final Duration TIME = Duration.ofSeconds(30);
  private final KeyedLocks locks = new KeyedLocks();

  @Test
  void the_result_of_the_work_is_returned() {
    assertEquals("done", locks.<String>withLock(DRAFT, Deadline.none(), () -> "done"));
  }

  @Test
  void of_one_draft_one_at_a_time_works() {
    AtomicInteger inside = new AtomicInteger();
    int[] unguarded = new int[1];

    Concurrently.atOnce(
        8,
        i -> {
          for (int n = 0; n < 500; n++) {
            locks.withLock(
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
                locks.withLock(
                    drafts.get(i),
                    Deadline.none(),
                    () -> {
                      bothInside.countDown();
                      return await(bothInside);
                    }));

    assertEquals(List.of(true, true), met);
  }

  @Test
  void a_lock_exists_only_while_it_is_used() {
    assertEquals(0, locks.count());
    locks.withLock(
        DRAFT,
        Deadline.none(),
        () -> {
          assertEquals(1, locks.count());
          return locks.withLock(
              OTHER_DRAFT,
              Deadline.none(),
              () -> {
                assertEquals(2, locks.count());
                return "";
              });
        });
    assertEquals(0, locks.count());
  }

  @Test
  void a_lock_is_released_when_the_work_fails() {
    assertThrows(
        IllegalStateException.class,
        () ->
            locks.withLock(
                DRAFT,
                Deadline.none(),
                () -> {
                  throw new IllegalStateException();
                }));

    assertEquals(0, locks.count());
    assertEquals("done", locks.<String>withLock(DRAFT, Deadline.none(), () -> "done"));
  }

  @Test
  void no_lock_remains_after_many_users() {
    Concurrently.atOnce(
        8,
        i -> {
          for (int n = 0; n < 200; n++) {
            locks.withLock(new DraftId("draft-" + (n % 7)), Deadline.none(), () -> "");
          }
          return i;
        });

    assertEquals(0, locks.count());
  }

  @Test
  void work_that_waits_past_its_deadline_is_not_done_and_leaves_no_lock() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    locks.withLock(
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
          () -> locks.withLock(DRAFT, Deadline.after(time), done::incrementAndGet));
    }
    assertEquals(1, locks.<Integer>withLock(OTHER_DRAFT, Deadline.after(TIME), () -> 1));
    over.countDown();
    first.join();

    assertEquals(0, done.get());
    assertEquals(0, locks.count());
    assertEquals("done", locks.<String>withLock(DRAFT, Deadline.after(TIME), () -> "done"));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      boolean open = latch.await(30, TimeUnit.SECONDS);
      assertTrue(open, "the other draft waits");
      return open;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
