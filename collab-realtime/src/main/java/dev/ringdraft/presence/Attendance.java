package dev.ringdraft.presence;

import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one draft, counted by user. Safe for use by many threads.
 *
 * <table>
 * <caption>States of a user</caption>
 * <tr><th>state</th><th>leaves it by</th></tr>
 * <tr><td>away</td><td>a connection → here</td></tr>
 * <tr><td>here</td><td>the end of the last connection → going</td></tr>
 * <tr><td>going: still shown</td><td>a connection → here; some time → away</td></tr>
 * </table>
 */
public final class Attendance {
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
  public void departed(UserId user, Instant now) {
    lock.lock();
    try {
      Attendant attendant = attendants.get(user);
      if (attendant != null) {
        attendant.departed(now);
      }
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
              .map(entry -> entry.getValue().present(entry.getKey()))
              .toList();
      return new PresenceState(named, attendants.size() - named.size());
    } finally {
      lock.unlock();
    }
  }

  private static final class Attendant {
    private final Instant since;
    private int connections;
    private @Nullable Instant gone;

    Attendant(Instant since) {
      this.since = since;
    }

    void arrived() {
      connections++;
      gone = null;
    }

    void departed(Instant now) {
      connections--;
      if (connections == 0) {
        gone = now;
      }
    }

    boolean isAway(Instant now, Duration missedAfter) {
      return gone != null && !now.isBefore(gone.plus(missedAfter));
    }

    Present present(UserId user) {
      return new Present(user, Math.max(1, connections), since);
    }
  }
}
