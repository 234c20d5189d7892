package dev.ringdraft.room;

import java.time.Duration;

/**
 * What rooms did, to be counted. Port: a metrics library's adapter. How many rooms and viewers
 * there are, {@link RoomHub} says.
 *
 * <p>Called by many threads, for each write to a viewer: it must return at once and never throw.
 */
public interface RoomMetrics {
  /**
   * One write to a viewer has begun.
   *
   * @param events that it carries; 0 when it tells only who is here
   * @param bytes of all its frames, uncompressed
   */
  void wrote(int events, long bytes);

  /**
   * Writes to all viewers who wait for news have begun.
   *
   * @param sinceCommit how long ago this server heard of the oldest of the news
   */
  void fanOutStarted(Duration sinceCommit);

  /** A viewer was behind the room's window and is sent on from the log. */
  void lagged();

  /** A viewer did not read, and was disconnected. */
  void aborted();

  /**
   * A viewer came back and goes on from where it was.
   *
   * @param fromLog whether the log had to be read for it; else the room had all it missed
   */
  void resumed(boolean fromLog);

  /** Counts nothing. */
  static RoomMetrics disabled() {
    return new RoomMetrics() {
      @Override
      public void wrote(int events, long bytes) {}

      @Override
      public void fanOutStarted(Duration sinceCommit) {}

      @Override
      public void lagged() {}

      @Override
      public void aborted() {}

      @Override
      public void resumed(boolean fromLog) {}
    };
  }
}
