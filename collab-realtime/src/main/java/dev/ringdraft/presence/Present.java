package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.time.Instant;

/**
 * A present user.
 *
 * @param connections how many they have open; 0 for a while after the last of them ended
 * @param since when the first of them was opened
 * @param activity typing, when they type in one of them
 */
public record Present(UserId user, int connections, Instant since, Activity activity) {
  /** The same person, seen at two servers: all connections, the earlier arrival. */
  Present and(Present other) {
    return new Present(
        user,
        connections + other.connections,
        since.isBefore(other.since) ? since : other.since,
        activity == Activity.TYPING ? activity : other.activity);
  }

  /** As it is published: a listed user has one connection at least. */
  Present shown() {
    return connections > 0 ? this : new Present(user, 1, since, activity);
  }
}
