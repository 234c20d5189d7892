package dev.ringdraft.room;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * A piece of work that many threads ask for and that never runs twice at once: who asks while it
 * runs makes it run once more, and does not wait. What one run wrote, the next run sees.
 */
abstract class CoalescingTask {
  private static final AtomicIntegerFieldUpdater<CoalescingTask> ASKED =
      AtomicIntegerFieldUpdater.newUpdater(CoalescingTask.class, "asked");

  private volatile int asked;

  /**
   * @param fault is called when the work throws
   */
  static CoalescingTask of(Runnable work, Consumer<Throwable> fault) {
    return new CoalescingTask() {
      @Override
      void work() {
        work.run();
      }

      @Override
      void failed(Throwable thrown) {
        fault.accept(thrown);
      }
    };
  }

  abstract void work();

  /** The work threw, whatever it was; later runs are not held up by it. */
  abstract void failed(Throwable thrown);

  /** Asks for a run; true when the caller is the one to call {@link #run}. */
  final boolean request() {
    return ASKED.getAndIncrement(this) == 0;
  }

  /** Works until nobody has asked meanwhile. */
  final void run() {
    int seen = asked;
    while (seen != 0) {
      try {
        work();
      } catch (Throwable thrown) {
        failed(thrown);
      }
      seen = ASKED.addAndGet(this, -seen);
    }
  }

  /** Asks, and runs here unless another thread is running. */
  final void askAndRun() {
    if (request()) {
      run();
    }
  }
}
