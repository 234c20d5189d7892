package dev.ringdraft.room;

import dev.ringdraft.presence.PresenceState;
import org.jspecify.annotations.Nullable;

/**
 * The presence that was published last: whole, for subscribers that got none yet or one of too long
 * ago, and as the difference to the one before.
 *
 * @param version how many were published before: 0, 1, 2 …
 * @param change null at version 0
 */
record PublishedPresence(
    long version, PresenceState state, Delivery whole, @Nullable Delivery change) {
  static PublishedPresence nobody(PayloadEncoder encoder) {
    return new PublishedPresence(
        0, PresenceState.EMPTY, Delivery.ofPresence(encoder.presence(PresenceState.EMPTY)), null);
  }

  PublishedPresence next(PresenceState now, PayloadEncoder encoder) {
    return new PublishedPresence(
        version + 1,
        now,
        Delivery.ofPresence(encoder.presence(now)),
        Delivery.ofPresence(encoder.presence(now.since(state))));
  }

  /** The frame for a subscriber whose last version was this; -1 for one that got none. */
  Delivery since(long sent) {
    return change != null && sent == version - 1 ? change : whole;
  }
}
