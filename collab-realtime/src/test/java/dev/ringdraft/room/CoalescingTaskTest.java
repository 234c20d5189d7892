package dev.ringdraft.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class CoalescingTaskTest {
  @Test
  void what_was_done_before_asking_is_seen_by_a_run_and_no_two_run_at_once() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      AtomicInteger done = new AtomicInteger();
      AtomicInteger seen = new AtomicInteger();
      AtomicBoolean running = new AtomicBoolean();
      AtomicBoolean together = new AtomicBoolean();
      CoalescingTask task =
          CoalescingTask.of(
              () -> {
                together.compareAndSet(false, running.getAndSet(true));
                seen.set(done.get());
                running.set(false);
              },
              fault -> {});
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> asked = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          asked.add(
              threads.submit(
                  () -> {
                    done.incrementAndGet();
                    task.askAndRun();
                  }));
        }
        for (Future<?> future : asked) {
          future.get();
        }
      }
      assertEquals(4, seen.get());
      assertFalse(together.get());
    }
  }

  @Test
  void work_that_throws_is_told_of_and_runs_again() {
    AtomicReference<Throwable> told = new AtomicReference<>();
    AtomicInteger runs = new AtomicInteger();
    CoalescingTask task =
        CoalescingTask.of(
            () -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("planted");
              }
              throw new StackOverflowError("planted");
            },
            told::set);
    task.askAndRun();
    assertTrue(told.get() instanceof IllegalStateException);
    task.askAndRun();
    assertTrue(told.get() instanceof StackOverflowError);
    task.askAndRun();
    assertEquals(3, runs.get());
  }

  @Test
  void work_that_asks_for_itself_is_run_once_more_and_not_within() {
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<CoalescingTask> self = new AtomicReference<>();
    CoalescingTask task =
        CoalescingTask.of(
            () -> {
              if (runs.incrementAndGet() == 1) {
                self.get().askAndRun();
                assertEquals(1, runs.get());
              }
            },
            fault -> {});
    self.set(task);
    task.askAndRun();
    assertEquals(2, runs.get());
  }
}
