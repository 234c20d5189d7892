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

  /** Waits for all of them, and gives what they came to; a fault tells of all who had one. */
  static <T> List<T> all(Collection<Callable<T>> people) throws Exception {
    List<T> outcomes = new ArrayList<>();
    List<Throwable> faults = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int person = 0;
      for (Future<T> each : threads.invokeAll(people, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        switch (each.state()) {
          case FAILED -> faults.add(each.exceptionNow());
          case CANCELLED, RUNNING ->
              faults.add(
                  new AssertionError(
                      "person %d: not done within %d s".formatted(person, PATIENCE_SECONDS)));
          case SUCCESS -> outcomes.add(each.resultNow());
        }
        person++;
      }
    }
    if (!faults.isEmpty()) {
      AssertionError fault = new AssertionError(faults.getFirst());
      faults.stream().skip(1).forEach(fault::addSuppressed);
      throw fault;
    }
    return outcomes;
  }
}
