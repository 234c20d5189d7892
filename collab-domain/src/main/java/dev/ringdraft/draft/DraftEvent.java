package dev.ringdraft.draft;

import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.time.Milliseconds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact of one draft. Once committed it is numbered by a revision and never changes. Its instant
 * is in whole milliseconds: what is finer is cut off.
 */
public sealed interface DraftEvent {
  /** Who did it. */
  UserId actor();

  /** When it was accepted. */
  Instant at();

  /** The draft began; always its first event. The actor is the creator. */
  record DraftCreated(UserId actor, Instant at, String title, @Nullable Platform platform)
      implements DraftEvent {
    public DraftCreated {
      at = Milliseconds.of(at);
    }
  }

  /** The text grew by one segment. */
  record SegmentAdded(Segment segment) implements DraftEvent {
    @Override
    public UserId actor() {
      return segment.author();
    }

    @Override
    public Instant at() {
      return segment.createdAt();
    }
  }

  /**
   * The ring has a new holder.
   *
   * @param term the term that begins
   */
  record RingPassed(UserId actor, Instant at, UserId from, UserId to, long term, PassReason reason)
      implements DraftEvent {
    public RingPassed {
      at = Milliseconds.of(at);
    }
  }

  /** Somebody became a member. */
  record CollaboratorAdded(UserId actor, Instant at, UserId user, Role role) implements DraftEvent {
    public CollaboratorAdded {
      at = Milliseconds.of(at);
    }
  }

  /** Somebody is no member any more. */
  record CollaboratorRemoved(UserId actor, Instant at, UserId user) implements DraftEvent {
    public CollaboratorRemoved {
      at = Milliseconds.of(at);
    }
  }

  /**
   * Title or status were set.
   *
   * @param title null when it was left
   * @param status null when it was left
   */
  record DraftUpdated(
      UserId actor, Instant at, @Nullable String title, @Nullable DraftStatus status)
      implements DraftEvent {
    public DraftUpdated {
      at = Milliseconds.of(at);
    }
  }
}
