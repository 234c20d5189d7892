package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one draft, counted by user, and who of them types; and the presence that was
 * last heard of those at other servers. For one thread at a time.
 *
 * <table>
 * <caption>States of a user</caption>
 * <tr><th>state</th><th>leaves it by</th></tr>
 * <tr><td>away</td><td>a connection → here</td></tr>
 * <tr><td>here</td><td>the end of the last connection → going</td></tr>
 * <tr><td>going: still shown</td><td>a connection → here; some time → away</td></tr>
 * </table>
 *
 * <p>A user types while one of their connections does: from when it says so until it says
 * otherwise, ends, or has not said so again for 6 s.
 *
 * <p>A user of two servers has been here since the earlier arrival, also when they have left the
 * server where that was. The presence of other servers holds as long as somebody who went is shown.
 */
final class DraftPresence {
  /** Twice the pause that clients are asked to make between saying so. */
  private static final Duration TYPING_LASTS = Duration.ofSeconds(6);

  private final int maxListed;
  private final Duration departureGrace;
  private final Map<UserId, UserPresence> attendants = new LinkedHashMap<>();
  private PresenceState elsewhere = PresenceState.EMPTY;
  private Instant heardAt = Instant.MIN;

  /**
   * @param maxListed how many people are named at the most; the others are counted
   * @param departureGrace how long somebody who went is still shown
   */
  DraftPresence(int maxListed, Duration departureGrace) {
    this.maxListed = maxListed;
    this.departureGrace = departureGrace;
  }

  /** One more connection of a user. */
  void arrived(UserId user, Instant now) {
    attendants.computeIfAbsent(user, absent -> new UserPresence(now)).arrived();
    elsewhere(now).users().forEach(this::meet);
  }

  /** One connection of a user less. */
  void departed(UserConnection connection, Instant now) {
    UserPresence attendant = attendants.get(connection.user());
    if (attendant != null) {
      attendant.departed(connection.key(), now);
    }
  }

  /** A connection says what its user does; a user who is not here says nothing. */
  void setActivity(UserConnection connection, Activity activity, Instant now) {
    UserPresence attendant = attendants.get(connection.user());
    if (attendant != null) {
      attendant.setActivity(connection.key(), activity, now);
    }
  }

  /** Who is at other servers is heard. */
  void mergeRemote(PresenceState others, Instant now) {
    elsewhere = others;
    heardAt = now;
    others.users().forEach(this::meet);
  }

  private void meet(Present present) {
    UserPresence attendant = attendants.get(present.user());
    if (attendant != null) {
      attendant.cameAlready(present.since());
    }
  }

  /** Who is at this server; users who left long enough ago are forgotten. */
  PresenceState here(Instant now) {
    attendants.values().removeIf(attendant -> attendant.isAway(now, departureGrace));
    List<Present> named =
        attendants.entrySet().stream()
            .map(entry -> entry.getValue().present(entry.getKey(), now))
            .sorted(Comparator.comparing(Present::since))
            .limit(maxListed)
            .toList();
    return new PresenceState(named, attendants.size() - named.size());
  }

  /** Who is at this server or another, as it is published. */
  PresenceState state(Instant now) {
    return here(now).and(elsewhere(now)).shown(maxListed);
  }

  private PresenceState elsewhere(Instant now) {
    return now.isBefore(heardAt.plus(departureGrace)) ? elsewhere : PresenceState.EMPTY;
  }

  private static final class UserPresence {
    private Instant since;

    /** Until when the connections that type do so. */
    private final Map<Object, Instant> typing = new HashMap<>();

    private int connections;
    private @Nullable Instant gone;

    UserPresence(Instant since) {
      this.since = since;
    }

    void arrived() {
      connections++;
      gone = null;
    }

    void departed(Object connection, Instant now) {
      typing.remove(connection);
      connections--;
      if (connections == 0) {
        gone = now;
      }
    }

    void setActivity(Object connection, Activity activity, Instant now) {
      switch (activity) {
        case VIEWING -> typing.remove(connection);
        case TYPING -> {
          if (connections > 0) {
            typing.put(connection, now.plus(TYPING_LASTS));
          }
        }
      }
    }

    private Activity activity(Instant now) {
      typing.values().removeIf(end -> !now.isBefore(end));
      return typing.isEmpty() ? Activity.VIEWING : Activity.TYPING;
    }

    void cameAlready(Instant earlier) {
      if (earlier.isBefore(since)) {
        since = earlier;
      }
    }

    boolean isAway(Instant now, Duration departureGrace) {
      return gone != null && !now.isBefore(gone.plus(departureGrace));
    }

    Present present(UserId user, Instant now) {
      return new Present(user, connections, since, activity(now));
    }
  }
}
