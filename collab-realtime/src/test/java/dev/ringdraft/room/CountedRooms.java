package dev.ringdraft.room;

import java.time.Duration;

/** Metrics that a test reads. For one thread. */
final class CountedRooms implements RoomMetrics {
  private int events;
  private int fellBehind;
  private int aborted;
  private int fromLog;
  private int fromWindow;

  @Override
  public void wrote(int more, long bytes) {
    events += more;
  }

  @Override
  public void toldAll(Duration sinceCommit) {}

  @Override
  public void fellBehind() {
    fellBehind++;
  }

  @Override
  public void aborted() {
    aborted++;
  }

  @Override
  public void resumed(boolean log) {
    if (log) {
      fromLog++;
    } else {
      fromWindow++;
    }
  }

  int events() {
    return events;
  }

  int fellBehindCount() {
    return fellBehind;
  }

  int abortedCount() {
    return aborted;
  }

  int resumedCount(boolean log) {
    return log ? fromLog : fromWindow;
  }
}
