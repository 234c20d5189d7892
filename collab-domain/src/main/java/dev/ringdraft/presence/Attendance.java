package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one draft, counted by user, and who of them types. Safe for use by many
 * threads.
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
 */
public final class Attendance {
  /** Longer than two of the pauses that clients are asked to make between saying so. */
  private static final Duration TYPING_LASTS = Duration.ofSeconds(6);

  private final int mostNamed;
  private final Duration missedAfter;
  private final Map<UserId, Attendant> attendants = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param mostNamed how many people are named at the most; the others are counted
   * @param missedAfter how long somebody who went is still shown
   */
  public Attendance(int mostNamed, Duration missedAfter) {
    this.mostNamed = mostNamed;
    this.missedAfter = missedAfter;
  }

  /** One more connection of a user. */
  public void arrived(UserId user, Instant now) {
    lock.lock();
    try {
      attendants.computeIfAbsent(user, absent -> new Attendant(now)).arrived();
    } finally {
      lock.unlock();
    }
  }

  /** One connection of a user less. */
  public void departed(UserId user, Object connection, Instant now) {
    lock.lock();
    try {
      Attendant attendant = attendants.get(user);
      if (attendant != null) {
        attendant.departed(connection, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A connection says what its user does; a user who is not here says nothing.
   *
   * @param connection which of the user's it is, by identity or equality
   * @return whether something else is shown of the user now
   */
  public boolean says(UserId user, Object connection, Activity activity, Instant now) {
    lock.lock();
    try {
      Attendant attendant = attendants.get(user);
      return attendant != null && attendant.says(connection, activity, now);
    } finally {
      lock.unlock();
    }
  }

  /** Who is here; whoever went long enough ago is forgotten. */
  public PresenceState state(Instant now) {
    lock.lock();
    try {
      attendants.values().removeIf(attendant -> attendant.isAway(now, missedAfter));
      List<Present> named =
          attendants.entrySet().stream()
              .limit(mostNamed)
              .map(entry -> entry.getValue().present(entry.getKey(), now))
              .toList();
      return new PresenceState(named, attendants.size() - named.size());
    } finally {
      lock.unlock();
    }
  }

  private static final class Attendant {
    private final Instant since;

    /** Until when the connections that type do so. */
    private final Map<Object, Instant> typing = new HashMap<>();

    private int connections;
    private @Nullable Instant gone;

    Attendant(Instant since) {
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

    boolean says(Object connection, Activity activity, Instant now) {
      Activity before = activity(now);
      switch (activity) {
        case VIEWING -> typing.remove(connection);
        case TYPING -> {
          if (connections > 0) {
            typing.put(connection, now.plus(TYPING_LASTS));
          }
        }
      }
      return activity(now) != before;
    }

    private Activity activity(Instant now) {
      typing.values().removeIf(end -> !now.isBefore(end));
      return typing.isEmpty() ? Activity.VIEWING : Activity.TYPING;
    }

    boolean isAway(Instant now, Duration missedAfter) {
      return gone != null && !now.isBefore(gone.plus(missedAfter));
    }

    Present present(UserId user, Instant now) {
      return new Present(user, Math.max(1, connections), since, activity(now));
    }
  }
}
