package dev.ringdraft.room;

import dev.ringdraft.member.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one write to a subscriber carries. Immutable, and shared by all subscribers that stand where
 * it begins.
 */
public final class Batch {
  private final List<Delivery> deliveries;
  private final int events;
  private final long revision;
  private final long bytes;

  private Batch(List<Delivery> deliveries, int events, long revision) {
    this.deliveries = List.copyOf(deliveries);
    this.events = events;
    this.revision = revision;
    this.bytes = deliveries.stream().mapToLong(Delivery::size).sum();
  }

  /**
   * As many of the events as one write carries, at least one.
   *
   * @param events one or more, in order
   * @param excludedActor whose events are left out; null for nobody's
   * @param maxBytes most bytes of payloads, the first one aside
   */
  static Batch of(List<EncodedEvent> events, @Nullable UserId excludedActor, int maxBytes) {
    List<Delivery> deliveries = new ArrayList<>();
    long revision = 0;
    int size = 0;
    for (EncodedEvent event : events) {
      if (!event.event().event().actor().equals(excludedActor)) {
        if (size > 0 && size + event.bytes() > maxBytes) {
          break;
        }
        deliveries.add(event.delivery());
        size += event.bytes();
      }
      revision = event.revision();
    }
    return new Batch(deliveries, deliveries.size(), revision);
  }

  /** Something that is no event. */
  static Batch of(Delivery presence) {
    return new Batch(List.of(presence), 0, 0);
  }

  /** This, and something that is no event behind it. */
  Batch and(Delivery presence) {
    List<Delivery> all = new ArrayList<>(deliveries);
    all.add(presence);
    return new Batch(all, events, revision);
  }

  /** What goes out, in order. */
  public List<Delivery> deliveries() {
    return deliveries;
  }

  /** Whether nothing goes out: every event is the subscriber's own and kept back from it. */
  boolean isEmpty() {
    return deliveries.isEmpty();
  }

  /** How many events go out. */
  int events() {
    return events;
  }

  /** Of all payloads. */
  long bytes() {
    return bytes;
  }

  /**
   * The last event that is dealt with, where the subscriber stands after this; 0 without events.
   */
  long revision() {
    return revision;
  }
}
