package dev.ringdraft.room;

import dev.ringdraft.presence.PresenceState;
import org.jspecify.annotations.Nullable;

/**
 * What was last told of who is here: as a whole, for whoever was told nothing yet or too long ago,
 * and as the difference to what was told before.
 *
 * @param version how many times something was told before: 0, 1, 2 …
 * @param change null at version 0
 */
record PublishedPresence(
    long version, PresenceState state, Delivery whole, @Nullable Delivery change) {
  static PublishedPresence nobody(FrameEncoder encoder) {
    return new PublishedPresence(
        0,
        PresenceState.EMPTY,
        Delivery.ofPresence(encoder.presence(PresenceState.EMPTY), encoder),
        null);
  }

  PublishedPresence next(PresenceState now, FrameEncoder encoder) {
    return new PublishedPresence(
        version + 1,
        now,
        Delivery.ofPresence(encoder.presence(now), encoder),
        Delivery.ofPresence(encoder.presence(now.since(state)), encoder));
  }

  /** What to tell somebody who was last told a version; -1 for somebody who was told nothing. */
  Delivery since(long told) {
    return change != null && told == version - 1 ? change : whole;
  }
}
