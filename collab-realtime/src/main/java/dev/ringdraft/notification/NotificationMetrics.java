package dev.ringdraft.notification;

/**
 * What became of notifications, to be counted. Port: a metrics library's adapter. Called by a few
 * threads, for each message; it must return at once and never throw.
 */
public interface NotificationMetrics {
  /** A message with one or more notifications was sent. */
  void sent();

  /** A message came from another server. */
  void received();

  /** A notification was dropped because too many wait. */
  void dropped();

  /** A connection broke or could not be opened; notifications may be lost until the next. */
  void disconnected();

  /** Counts nothing. */
  static NotificationMetrics disabled() {
    return new NotificationMetrics() {
      @Override
      public void sent() {}

      @Override
      public void received() {}

      @Override
      public void dropped() {}

      @Override
      public void disconnected() {}
    };
  }
}
