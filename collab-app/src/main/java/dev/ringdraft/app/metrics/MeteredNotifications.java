package dev.ringdraft.app.metrics;

import dev.ringdraft.notification.NotificationMetrics;
import io.micrometer.core.instrument.Counter;

/** Counts the notifications between servers. */
final class MeteredNotifications implements NotificationMetrics {
  private final Counter sent;
  private final Counter received;
  private final Counter dropped;
  private final Counter disconnected;

  MeteredNotifications(Meters meters) {
    String name = "ringdraft.notifications";
    String description = "messages to and from other servers, and notifications that were dropped";
    sent = meters.counter(name, description, "outcome", "sent");
    received = meters.counter(name, description, "outcome", "received");
    dropped = meters.counter(name, description, "outcome", "dropped");
    disconnected =
        meters.counter(
            "ringdraft.notifications.disconnects",
            "connections for notifications that broke or could not be opened");
  }

  @Override
  public void sent() {
    sent.increment();
  }

  @Override
  public void received() {
    received.increment();
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  @Override
  public void disconnected() {
    disconnected.increment();
  }
}
