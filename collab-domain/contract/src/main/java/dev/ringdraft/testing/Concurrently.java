package dev.ringdraft.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Work on several threads that start at once; waits 30 s at most. */
public final class Concurrently {
  private static final int PATIENCE_SECONDS = 30;

  private Concurrently() {}

  /**
   * Runs the work on each thread, and returns the results in the order of the threads.
   *
   * @param work gets the number of its thread, from 0
   */
  public static <T> List<T> atOnce(int threads, IntFunction<T> work) {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> pending = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        pending.add(
            executor.submit(
                () -> {
                  await(start);
                  return work.apply(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : pending) {
        results.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException failed) {
      throw new AssertionError("a thread failed: " + failed.getCause(), failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("not done within " + PATIENCE_SECONDS + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } catch (BrokenBarrierException | TimeoutException broken) {
      throw new AssertionError(broken);
    }
  }
}
