package dev.ringdraft.room;

import java.time.Duration;

/**
 * What rooms did, to be counted. Port: a metrics library's adapter. How many rooms and subscribers
 * there are, {@link RoomHub} says.
 *
 * <p>Called by many threads, for each write to a subscriber: it must return at once and never
 * throw.
 */
public interface RoomMetrics {
  /**
   * One write to a subscriber has begun.
   *
   * @param events that it carries; 0 when it carries presence only
   * @param bytes of all its payloads, without frames and uncompressed
   */
  void wrote(int events, long bytes);

  /**
   * Writes to all subscribers who wait for news have begun.
   *
   * @param sinceCommit how long ago this server heard of the oldest of the news
   */
  void fanOutStarted(Duration sinceCommit);

  /** A subscriber was behind the room's window and is sent on from the log. */
  void lagged();

  /** A subscriber did not read, and was disconnected. */
  void slowDisconnected();

  /**
   * A subscriber came back and goes on from where it was.
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
      public void slowDisconnected() {}

      @Override
      public void resumed(boolean fromLog) {}
    };
  }
}
