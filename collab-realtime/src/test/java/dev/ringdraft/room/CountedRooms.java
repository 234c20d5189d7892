package dev.ringdraft.room;

import java.time.Duration;

/** Metrics that a test reads. For one thread. */
final class CountedRooms implements RoomMetrics {
  private int events;
  private int lagged;
  private int aborted;
  private int fromLog;
  private int fromWindow;

  @Override
  public void wrote(int more, long bytes) {
    events += more;
  }

  @Override
  public void fanOutStarted(Duration sinceCommit) {}

  @Override
  public void lagged() {
    lagged++;
  }

  @Override
  public void slowDisconnected() {
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

  int laggedCount() {
    return lagged;
  }

  int abortedCount() {
    return aborted;
  }

  int resumedCount(boolean log) {
    return log ? fromLog : fromWindow;
  }
}
