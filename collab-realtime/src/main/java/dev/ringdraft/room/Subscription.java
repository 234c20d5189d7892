package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to watch a draft, given after a look at its members. It keeps the room open until it is
 * used or given back.
 */
public final class Subscription {
  private final Room room;
  private final UserId user;
  private final DraftVersion version;
  private final AtomicBoolean settled = new AtomicBoolean();

  Subscription(Room room, UserId user, DraftVersion version) {
    this.room = room;
    this.user = user;
    this.version = version;
  }

  public UserId user() {
    return user;
  }

  /** The draft as it was when its members were looked at. */
  public DraftVersion version() {
    return version;
  }

  /**
   * Uses the right. The subscriber receives nothing before {@link Subscriber#start}.
   *
   * @throws IllegalStateException when the right was used or given back
   */
  public Subscriber subscribe(SubscriberConnection connection, SubscriptionOptions options) {
    StartPosition startPosition =
        StartPosition.of(version, options.after(), room.settings().resumeEvents());
    return subscribe(connection, startPosition, options);
  }

  /**
   * Uses the right to read on from a revision, however far behind the head it is; one ahead of the
   * head counts as the head. Without presence, in both directions. The subscriber receives nothing
   * before {@link Subscriber#start}.
   *
   * @throws IllegalStateException when the right was used or given back
   */
  public Subscriber poll(SubscriberConnection connection, long after) {
    StartPosition startPosition =
        new StartPosition(Math.min(after, version.revision()), true, false);
    return subscribe(connection, startPosition, SubscriptionOptions.live().unlisted());
  }

  private Subscriber subscribe(
      SubscriberConnection connection, StartPosition startPosition, SubscriptionOptions options) {
    if (!settled.compareAndSet(false, true)) {
      throw new IllegalStateException("an admission is used once");
    }
    return new Subscriber(room, user, connection, version, startPosition, options);
  }

  /** Gives the right back, if it was not used. */
  public void release() {
    if (settled.compareAndSet(false, true)) {
      room.release();
    }
  }
}
