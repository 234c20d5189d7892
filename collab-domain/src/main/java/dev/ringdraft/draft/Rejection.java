package dev.ringdraft.draft;

import dev.ringdraft.member.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a command changes nothing. A value, never an exception and never an event. */
public sealed interface Rejection {
  /**
   * There is no such draft, or the actor is no member of it: the two look the same from outside.
   */
  record DraftUnknown() implements Rejection {}

  /** The user whose membership was to end is no member. */
  record CollaboratorUnknown(UserId user) implements Rejection {}

  /** The command's fields break their bounds; at least one error. */
  record FieldsInvalid(List<FieldError> errors) implements Rejection {
    public FieldsInvalid {
      errors = List.copyOf(errors);
    }
  }

  /** Only the creator may do this. */
  record CreatorRequired() implements Rejection {}

  /** Only the holder of the ring may do this. */
  record RingNotHeld(UserId holder) implements Rejection {}

  /** The command was made for another turn than the present one. */
  record RingMoved(UserId holder, long term) implements Rejection {}

  /** The draft rests or is finished. */
  record DraftNotActive(DraftStatus status) implements Rejection {}

  /** The user is a member already, in whatever role. */
  record AlreadyMember(UserId user) implements Rejection {}

  /** The ring can't go to somebody who is no member. */
  record RecipientNotMember(UserId recipient) implements Rejection {}

  /** The ring can't go to a viewer. */
  record RecipientCannotWrite(UserId recipient) implements Rejection {}

  /** The ring can't be passed to the one who holds it. */
  record AlreadyHolder(UserId holder) implements Rejection {}

  /** The user waits for the ring already. */
  record AlreadyRequested(UserId user) implements Rejection {}

  /** The user has no request that waits. */
  record RequestUnknown(UserId user) implements Rejection {}

  /** Nobody may get the ring now: all others are away or can't write. */
  record NobodyEligible() implements Rejection {}

  /**
   * The turn has not timed out yet.
   *
   * @param endsAt null when it has no limit
   */
  record TurnNotOver(@Nullable Instant endsAt) implements Rejection {}

  /** The creator can be neither removed nor leave, nor change the role. */
  record CreatorStays() implements Rejection {}

  /**
   * The draft holds as many as it may.
   *
   * @param what {@code segments} or {@code collaborators}
   */
  record DraftFull(String what, int limit) implements Rejection {}
}
