package dev.ringdraft.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be ended in the opposite order. For one thread at a time. */
final class ShutdownSequence implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ShutdownSequence.class.getName());

  private record Stage(String name, Ending ending) {}

  /** How one stage ends. */
  @FunctionalInterface
  interface Ending {
    void end() throws Exception;
  }

  private final Deque<Stage> started = new ArrayDeque<>();

  /**
   * Remembers how to end a part that has just started.
   *
   * @throws InterruptedException when the program was asked to stop meanwhile
   */
  void started(String name, Ending ending) throws InterruptedException {
    started.push(new Stage(name, ending));
    if (Thread.interrupted()) {
      throw new InterruptedException("told to stop while starting");
    }
  }

  /** Ends all; one that fails to end does not keep the others. A second time does nothing. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      Stage last = started.pop();
      try {
        last.ending().end();
        LOG.log(Level.DEBUG, "{0} ended", last.name());
      } catch (Exception failed) {
        LOG.log(Level.ERROR, last.name() + " did not end well", failed);
      }
    }
  }
}
