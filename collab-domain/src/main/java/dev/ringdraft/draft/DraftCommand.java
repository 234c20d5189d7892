package dev.ringdraft.draft;

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
   * @param ringTerm the turn that is to end, as the holder saw it; null when not said
   */
  record PassRing(UserId actor, Instant at, UserId to, @Nullable Long ringTerm)
      implements DraftCommand {}

  /** Make somebody a member. */
  record AddCollaborator(UserId actor, Instant at, UserId user, Role role)
      implements DraftCommand {}

  /** End somebody's membership; one's own, when actor and user are the same: leaving. */
  record RemoveCollaborator(UserId actor, Instant at, UserId user) implements DraftCommand {}

  /**
   * Change what is said about the draft. At least one of the two is given.
   *
   * @param title null to leave it
   * @param status null to leave it
   */
  record UpdateDraft(UserId actor, Instant at, @Nullable String title, @Nullable DraftStatus status)
      implements DraftCommand {}
}
