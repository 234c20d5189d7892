package dev.ringdraft.room;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A piece of work that many threads ask for and that never runs twice at once: who asks while it
 * runs makes it run once more, and does not wait. What one run wrote, the next run sees.
 */
final class SerialTask {
  private final Runnable work;
  private final Consumer<RuntimeException> fault;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * @param fault is told when the work throws; later runs are not held up by it
   */
  SerialTask(Runnable work, Consumer<RuntimeException> fault) {
    this.work = work;
    this.fault = fault;
  }

  /** Asks for a run; true when the caller is the one to call {@link #run}. */
  boolean ask() {
    return asked.getAndIncrement() == 0;
  }

  /** Works until nobody has asked meanwhile. */
  void run() {
    int seen = asked.get();
    while (seen != 0) {
      try {
        work.run();
      } catch (RuntimeException thrown) {
        fault.accept(thrown);
      }
      seen = asked.addAndGet(-seen);
    }
  }

  /** Asks, and runs here unless another thread is running. */
  void askAndRun() {
    if (ask()) {
      run();
    }
  }
}
