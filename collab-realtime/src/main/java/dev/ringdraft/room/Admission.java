package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The right to watch a draft, given after a look at its members. It keeps the room open until it is
 * used or given back.
 */
public final class Admission {
  private final Room room;
  private final UserId user;
  private final DraftVersion version;
  private final AtomicBoolean settled = new AtomicBoolean();

  Admission(Room room, UserId user, DraftVersion version) {
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
   * Uses the right. The viewer receives nothing before {@link Viewer#start}.
   *
   * @param after the revision that the viewer knows; null when it wants live events alone
   * @param epoch the epoch of that revision; null when not said
   * @param echo whether the viewer receives the events that its own user caused
   * @throws IllegalStateException when the right was used or given back
   */
  public Viewer use(
      ViewerConnection connection, @Nullable Long after, @Nullable String epoch, boolean echo) {
    if (!settled.compareAndSet(false, true)) {
      throw new IllegalStateException("an admission is used once");
    }
    Resumption resumption = Resumption.of(version, after, epoch, room.settings().resumeEvents());
    return new Viewer(room, user, connection, version, resumption, echo);
  }

  /** Gives the right back, if it was not used. */
  public void giveBack() {
    if (settled.compareAndSet(false, true)) {
      room.giveBack();
    }
  }
}
