package dev.ringdraft.ring;

import dev.ringdraft.member.UserId;

/**
 * The single right to write in a draft: held by exactly one member at any time. Immutable; passing
 * it on gives the next ring.
 *
 * @param holder the one member who may append now
 * @param term 1 for the creator's first turn, one more with each pass; it names the turn, so that a
 *     command for an old turn can be distinguished from one for this turn
 */
public record Ring(UserId holder, long term) {
  /** The term of a new draft's ring. */
  public static final long FIRST_TERM = 1;

  public Ring {
    if (term < FIRST_TERM) {
      throw new IllegalArgumentException("term: %d (expected: 1 or more)".formatted(term));
    }
  }

  /** The ring of a new draft. */
  public static Ring firstHeldBy(UserId creator) {
    return new Ring(creator, FIRST_TERM);
  }

  public boolean isHeldBy(UserId user) {
    return holder.equals(user);
  }

  /**
   * The ring after a pass.
   *
   * @throws IllegalArgumentException when the receiver holds it already
   */
  public Ring passedTo(UserId next) {
    if (isHeldBy(next)) {
      throw new IllegalArgumentException(next + " holds the ring already");
    }
    return new Ring(next, term + 1);
  }
}
