package dev.ringdraft.draft;

import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a draft that exists. Instants and ids come with the command, so that
 * deciding needs neither clock nor randomness.
 */
public sealed interface DraftCommand {
  /** Who wants it. */
  UserId actor();

  /** When it reached the server. */
  Instant at();

  /**
   * Write the next segment.
   *
   * @param ringTerm the turn it was written for, as its author saw it; null when not said
   */
  record AppendSegment(UserId actor, Instant at, NewSegment segment, @Nullable Long ringTerm)
      implements DraftCommand {}

  /**
   * Hand the ring to another member.
   *
   * @param to null for the next holder, whom the turn policy chooses
   * @param ringTerm the turn that is to end, as the holder saw it; null when not said
   */
  record PassRing(UserId actor, Instant at, @Nullable UserId to, @Nullable Long ringTerm)
      implements DraftCommand {}

  /**
   * Take the ring back, as the creator.
   *
   * @param to who gets it; null for the creator
   * @param ringTerm the turn that is to end, as the creator saw it; null when not said
   */
  record RevokeRing(UserId actor, Instant at, @Nullable UserId to, @Nullable Long ringTerm)
      implements DraftCommand {}

  /** Ask for the ring: wait in the queue. */
  record RequestRing(UserId actor, Instant at) implements DraftCommand {}

  /** Take a request out of the queue: withdraw one's own, or decline another's. */
  record RemoveRingRequest(UserId actor, Instant at, UserId user) implements DraftCommand {}

  /**
   * End a turn whose deadline has passed. The server's own command.
   *
   * @param at the present moment, by the clock that counts
   * @param term the turn that is to end
   */
  record TimeOutTurn(Instant at, long term) implements DraftCommand {
    @Override
    public UserId actor() {
      return UserId.TIMER;
    }
  }

  /** Make somebody a member. */
  record AddCollaborator(UserId actor, Instant at, UserId user, Role role)
      implements DraftCommand {}

  /** End somebody's membership; one's own, when actor and user are the same: leaving. */
  record RemoveCollaborator(UserId actor, Instant at, UserId user) implements DraftCommand {}

  /** Change a member's role, or whether the server skips the member as next holder. */
  record UpdateCollaborator(UserId actor, Instant at, UserId user, MemberChange change)
      implements DraftCommand {}

  /** Change the draft's title, status or turn policy. */
  record UpdateDraft(UserId actor, Instant at, DraftChange change) implements DraftCommand {}
}
