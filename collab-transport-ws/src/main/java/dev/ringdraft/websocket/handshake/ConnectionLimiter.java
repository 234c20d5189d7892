package dev.ringdraft.websocket.handshake;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.websocket.config.ConnectionLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The places for sockets: so many in all, of a draft, and of a user. Each is taken before its
 * socket opens and given back when the network connection has ended, however that comes about.
 *
 * <p>Safe for use by many threads; the three counts change together.
 */
public final class ConnectionLimiter {
  private final ConnectionLimits limits;
  private final Map<DraftId, Integer> ofDrafts = new HashMap<>();
  private final Map<UserId, Integer> ofUsers = new HashMap<>();
  private int taken;

  ConnectionLimiter(ConnectionLimits limits) {
    this.limits = limits;
  }

  /** What comes of asking for a place. */
  sealed interface Answer {}

  /**
   * There is none.
   *
   * @param what of which there are too many, such as {@code this user}
   */
  record Full(String what, int limit) implements Answer {}

  /** A place that is taken. */
  final class Place implements Answer {
    private final DraftId draft;
    private final UserId user;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(DraftId draft, UserId user) {
      this.draft = draft;
      this.user = user;
    }

    /** Gives it back. Again: does nothing. */
    void leave() {
      if (left.compareAndSet(false, true)) {
        giveBack(draft, user);
      }
    }
  }

  /**
   * What is counted now.
   *
   * @param taken places in all
   * @param drafts how many drafts have a place taken
   * @param users how many users have a place taken
   */
  public record Count(int taken, int drafts, int users) {}

  synchronized Answer take(DraftId draft, UserId user) {
    if (taken >= limits.perServer()) {
      return new Full("this server", limits.perServer());
    }
    if (ofDrafts.getOrDefault(draft, 0) >= limits.perDraft()) {
      return new Full("this draft", limits.perDraft());
    }
    if (ofUsers.getOrDefault(user, 0) >= limits.perUser()) {
      return new Full("this user", limits.perUser());
    }
    taken++;
    ofDrafts.merge(draft, 1, Integer::sum);
    ofUsers.merge(user, 1, Integer::sum);
    return new Place(draft, user);
  }

  private synchronized void giveBack(DraftId draft, UserId user) {
    taken--;
    ofDrafts.computeIfPresent(draft, (id, count) -> count == 1 ? null : count - 1);
    ofUsers.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
  }

  public synchronized Count count() {
    return new Count(taken, ofDrafts.size(), ofUsers.size());
  }
}
