package dev.ringdraft.room;

import dev.ringdraft.member.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a draft, encoded, without a gap. A holder of one sees a moment of the room,
 * and no lock is needed to read it.
 */
final class Window {
  private static final EncodedEvent[] NOTHING = {};

  private final long floor;
  private final EncodedEvent[] events;
  private final int bytes;
  private final long bytesSoFar;
  private final boolean full;

  /**
   * The batch that was last asked for; most subscribers stand at the same revision and ask for the
   * same.
   */
  private @Nullable Ahead latest;

  private record Ahead(long after, Batch batch) {}

  /**
   * @param full whether something did not fit any more: it reaches back no further
   */
  private Window(long floor, EncodedEvent[] events, int bytes, long bytesSoFar, boolean full) {
    this.floor = floor;
    this.events = events;
    this.bytes = bytes;
    this.bytesSoFar = bytesSoFar;
    this.full = full;
  }

  /** A window that begins behind this revision and holds nothing yet. */
  static Window emptyAt(long revision) {
    return new Window(revision, NOTHING, 0, 0, false);
  }

  /** The revision before the first event that is held. */
  long floor() {
    return floor;
  }

  /** The revision of the last event that is known. */
  long head() {
    return floor + events.length;
  }

  /** Bytes of all payloads that were ever added, to this window and those it came from. */
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
    return new Window(floor + drop, kept, total, bytesSoFar + next.bytes(), full || drop > 0);
  }

  /** Whether it could hold all that follows an earlier revision, as far as their number goes. */
  boolean canExtendBackTo(long revision, RoomSettings settings) {
    return !full && head() - revision <= settings.windowEvents();
  }

  /**
   * The window with events put before its first, as many of the last of them as fit beside what it
   * holds.
   *
   * @param earlier the events up to the floor, without a gap, in order
   */
  Window extendedBack(List<EncodedEvent> earlier, RoomSettings settings) {
    int total = bytes;
    int from = earlier.size();
    while (from > 0
        && events.length + earlier.size() - from < settings.windowEvents()
        && total + earlier.get(from - 1).bytes() <= settings.windowBytes()) {
      total += earlier.get(--from).bytes();
    }
    List<EncodedEvent> all = new ArrayList<>(earlier.subList(from, earlier.size()));
    all.addAll(Arrays.asList(events));
    return new Window(
        floor - (earlier.size() - from), all.toArray(NOTHING), total, bytesSoFar, from > 0);
  }

  /**
   * What one write carries to a subscriber that knows a revision which the window reaches back to.
   */
  Batch batchAfter(long revision, @Nullable UserId excludedActor, int maxBytes) {
    if (excludedActor != null) {
      return Batch.of(after(revision), excludedActor, maxBytes);
    }
    Ahead known = latest;
    if (known == null || known.after() != revision) {
      // Threads that come here at once make the same, and any of it may stay.
      known = new Ahead(revision, Batch.of(after(revision), null, maxBytes));
      latest = known;
    }
    return known.batch();
  }

  /** The events that follow a revision which the window reaches back to, in order. */
  List<EncodedEvent> after(long revision) {
    if (revision >= head()) {
      return List.of();
    }
    return Arrays.asList(events).subList(Math.toIntExact(revision - floor), events.length);
  }
}
