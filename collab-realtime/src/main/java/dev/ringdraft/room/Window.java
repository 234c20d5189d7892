package dev.ringdraft.room;

import dev.ringdraft.member.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a draft, encoded, without a gap. Immutable: whoever holds one sees a moment of
 * the room, and no lock is needed to read it.
 */
final class Window {
  private static final EncodedEvent[] NOTHING = {};

  private final long floor;
  private final EncodedEvent[] events;
  private final int bytes;
  private final long bytesSoFar;

  private Window(long floor, EncodedEvent[] events, int bytes, long bytesSoFar) {
    this.floor = floor;
    this.events = events;
    this.bytes = bytes;
    this.bytesSoFar = bytesSoFar;
  }

  /** A window that begins behind this revision and holds nothing yet. */
  static Window emptyAt(long revision) {
    return new Window(revision, NOTHING, 0, 0);
  }

  /** The revision before the first event that is held. */
  long floor() {
    return floor;
  }

  /** The revision of the last event that is known. */
  long head() {
    return floor + events.length;
  }

  /** Bytes of all frames that were ever added, to this window and those it came from. */
  long bytesSoFar() {
    return bytesSoFar;
  }

  /** Whether all that follows the revision, up to the head, is held. */
  boolean reachesBackTo(long revision) {
    return revision >= floor;
  }

  /**
   * The window with the next event, and without the oldest as far as the bounds demand.
   *
   * @throws IllegalArgumentException when the event does not follow the head
   */
  Window with(EncodedEvent next, RoomSettings settings) {
    if (next.revision() != head() + 1) {
      throw new IllegalArgumentException("revision %d after %d".formatted(next.revision(), head()));
    }
    int total = bytes + next.bytes();
    int drop = 0;
    while (drop < events.length
        && (events.length + 1 - drop > settings.windowEvents() || total > settings.windowBytes())) {
      total -= events[drop++].bytes();
    }
    EncodedEvent[] kept = Arrays.copyOfRange(events, drop, events.length + 1);
    kept[kept.length - 1] = next;
    return new Window(floor + drop, kept, total, bytesSoFar + next.bytes());
  }

  /** The events that follow a revision which the window reaches back to, in order. */
  List<EncodedEvent> after(long revision) {
    if (revision >= head()) {
      return List.of();
    }
    return Arrays.asList(events).subList(Math.toIntExact(revision - floor), events.length);
  }

  /**
   * What to write next to a viewer.
   *
   * @param deliveries in order; empty when all of them are the viewer's own and kept from it
   * @param revision of the last event that is dealt with
   */
  record Batch(List<Delivery> deliveries, long revision) {}

  /**
   * As many of the events as one write carries, at least one.
   *
   * @param events one or more, in order
   * @param unheard whose events are left out; null for nobody's
   */
  static Batch batch(List<EncodedEvent> events, @Nullable UserId unheard, int maxBytes) {
    List<Delivery> deliveries = new ArrayList<>();
    long revision = 0;
    int size = 0;
    for (EncodedEvent event : events) {
      if (!event.event().event().actor().equals(unheard)) {
        if (size > 0 && size + event.bytes() > maxBytes) {
          break;
        }
        deliveries.add(event.delivery());
        size += event.bytes();
      }
      revision = event.revision();
    }
    return new Batch(deliveries, revision);
  }
}
