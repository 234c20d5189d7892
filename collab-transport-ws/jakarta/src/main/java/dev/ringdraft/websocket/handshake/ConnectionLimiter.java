package dev.ringdraft.websocket.handshake;

import dev.ringdraft.access.Limit;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.websocket.config.ConnectionLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits open sockets: in all, by draft and by user. A permit is acquired before the socket opens
 * and released when its network connection has ended for whatever reason.
 *
 * <p>Safe for use by many threads; the three counts change together.
 */
public final class ConnectionLimiter {
  private final ConnectionLimits limits;
  private final Map<DraftId, Integer> ofDrafts = new HashMap<>();
  private final Map<UserId, Integer> ofUsers = new HashMap<>();
  private int open;

  ConnectionLimiter(ConnectionLimits limits) {
    this.limits = limits;
  }

  /** The result of an attempt to acquire a permit. */
  sealed interface Result {}

  /**
   * A limit is reached.
   *
   * @param what has too many connections, such as {@code this user}
   */
  record LimitReached(Limit limit, String what, int most) implements Result {}

  /** One open connection. */
  final class Permit implements Result {
    private final DraftId draft;
    private final UserId user;
    private final AtomicBoolean released = new AtomicBoolean();

    private Permit(DraftId draft, UserId user) {
      this.draft = draft;
      this.user = user;
    }

    /** Releases the permit; idempotent. */
    public void release() {
      if (released.compareAndSet(false, true)) {
        ConnectionLimiter.this.release(draft, user);
      }
    }
  }

  /**
   * The connections that are open now.
   *
   * @param open connections in all
   * @param drafts how many drafts have a connection
   * @param users how many users have a connection
   */
  public record Count(int open, int drafts, int users) {}

  synchronized Result acquire(DraftId draft, UserId user) {
    if (open >= limits.perServer()) {
      return new LimitReached(Limit.CONNECTIONS, "this server", limits.perServer());
    }
    if (ofDrafts.getOrDefault(draft, 0) >= limits.perDraft()) {
      return new LimitReached(Limit.CONNECTIONS_PER_DRAFT, "this draft", limits.perDraft());
    }
    if (ofUsers.getOrDefault(user, 0) >= limits.perUser()) {
      return new LimitReached(Limit.CONNECTIONS_PER_USER, "this user", limits.perUser());
    }
    open++;
    ofDrafts.merge(draft, 1, Integer::sum);
    ofUsers.merge(user, 1, Integer::sum);
    return new Permit(draft, user);
  }

  private synchronized void release(DraftId draft, UserId user) {
    open--;
    ofDrafts.computeIfPresent(draft, (id, count) -> count == 1 ? null : count - 1);
    ofUsers.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
  }

  public synchronized Count count() {
    return new Count(open, ofDrafts.size(), ofUsers.size());
  }
}
