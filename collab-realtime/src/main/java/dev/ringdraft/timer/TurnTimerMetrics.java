package dev.ringdraft.timer;

import java.time.Duration;

/**
 * What a timer did, to be counted. Port: a metrics library's adapter. Called by several threads; it
 * must return at once and never throw.
 */
public interface TurnTimerMetrics {
  /** A look for overdue turns succeeded. */
  void looked(Duration took);

  /** A look for overdue turns failed. */
  void lookFailed();

  /**
   * This server ended a turn.
   *
   * @param late from the turn's deadline until the commit
   */
  void ended(Duration late);

  /** A turn could not be ended; the next look finds it again. */
  void endFailed();

  /** Counts nothing. */
  static TurnTimerMetrics disabled() {
    return new TurnTimerMetrics() {
      @Override
      public void looked(Duration took) {}

      @Override
      public void lookFailed() {}

      @Override
      public void ended(Duration late) {}

      @Override
      public void endFailed() {}
    };
  }
}
