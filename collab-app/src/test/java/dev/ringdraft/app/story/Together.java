package dev.ringdraft.app.story;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** People who do something at the same time, each on a thread of their own. */
final class Together {
  private static final long PATIENCE_SECONDS = 300;

  private Together() {}

  /** Waits for all of them, and gives what they came to; the first fault is that of all. */
  static <T> List<T> all(Collection<Callable<T>> people) throws Exception {
    List<T> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> each : threads.invokeAll(people, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        switch (each.state()) {
          case FAILED -> throw new AssertionError(each.exceptionNow());
          case CANCELLED, RUNNING ->
              throw new AssertionError("not done within " + PATIENCE_SECONDS + " s");
          case SUCCESS -> outcomes.add(each.resultNow());
        }
      }
    }
    return outcomes;
  }
}
