package dev.ringdraft.draft;

import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.time.Milliseconds;
import dev.ringdraft.turn.TurnPolicy;
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

  /**
   * The draft began; always its first event. The actor is the creator.
   *
   * @param turnPolicy null when none was given
   */
  record DraftCreated(
      UserId actor,
      Instant at,
      String title,
      @Nullable Platform platform,
      @Nullable TurnPolicy turnPolicy)
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
   * @param turnEndsAt when the turn that begins times out; null for never, and in histories from
   *     before turns had a limit
   */
  record RingPassed(
      UserId actor,
      Instant at,
      UserId from,
      UserId to,
      long term,
      PassReason reason,
      @Nullable Instant turnEndsAt)
      implements DraftEvent {
    public RingPassed {
      at = Milliseconds.of(at);
      turnEndsAt = turnEndsAt == null ? null : Milliseconds.of(turnEndsAt);
    }
  }

  /** A member asks for the ring. The actor is that member. */
  record RingRequested(UserId actor, Instant at) implements DraftEvent {
    public RingRequested {
      at = Milliseconds.of(at);
    }
  }

  /** A request was withdrawn or declined. Other ends of requests follow from other events. */
  record RingRequestRemoved(UserId actor, Instant at, UserId user, RequestEnd reason)
      implements DraftEvent {
    public RingRequestRemoved {
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

  /** A member's role or attendance was set. */
  record CollaboratorUpdated(
      UserId actor, Instant at, UserId user, MemberChange change, UpdateReason reason)
      implements DraftEvent {
    public CollaboratorUpdated {
      at = Milliseconds.of(at);
    }
  }

  /** Title, status or turn policy were set. */
  record DraftUpdated(UserId actor, Instant at, DraftChange change) implements DraftEvent {
    public DraftUpdated {
      at = Milliseconds.of(at);
    }
  }
}
