package dev.ringdraft.testing;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.TITLE;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.TurnPolicy;

/** Events in short words, all at {@link Cast#NOW}, of a draft that ANA created. */
public final class Events {
  private Events() {}

  /** ANA created the draft. */
  public static DraftCreated created() {
    return new DraftCreated(ANA, NOW, TITLE, null, null);
  }

  /** ANA created the draft under a turn policy. */
  public static DraftCreated created(TurnPolicy policy) {
    return new DraftCreated(ANA, NOW, TITLE, null, policy);
  }

  /** ANA added the user as a contributor. */
  public static CollaboratorAdded contributor(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.CONTRIBUTOR);
  }

  /** ANA added the user as a viewer. */
  public static CollaboratorAdded viewer(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.VIEWER);
  }

  /** ANA removed the user. */
  public static CollaboratorRemoved removed(UserId user) {
    return new CollaboratorRemoved(ANA, NOW, user);
  }

  /** The user left the draft. */
  public static CollaboratorRemoved left(UserId user) {
    return new CollaboratorRemoved(user, NOW, user);
  }

  /** The author appended {@code words}; the first segment has position 0. */
  public static SegmentAdded segment(UserId author, int position) {
    return segment(author, position, "words");
  }

  /** The author appended a text; the first segment has position 0. */
  public static SegmentAdded segment(UserId author, int position, String content) {
    return new SegmentAdded(new Segment(SEGMENT, author, content, position, NOW));
  }

  /** The holder passed the ring on; the turn that begins is of this term, and has no limit. */
  public static RingPassed passed(UserId from, UserId to, long term) {
    return new RingPassed(from, NOW, from, to, term, PassReason.PASSED, null);
  }

  /** The ring went back to ANA because its holder left or was removed. */
  public static RingPassed returned(UserId actor, UserId from, long term) {
    return new RingPassed(actor, NOW, from, ANA, term, PassReason.RETURNED, null);
  }

  /** ANA changed the title. */
  public static DraftUpdated titled(String title) {
    return new DraftUpdated(ANA, NOW, DraftChange.title(title));
  }

  /** ANA changed the status. */
  public static DraftUpdated became(DraftStatus status) {
    return new DraftUpdated(ANA, NOW, DraftChange.status(status));
  }

  /** ANA changed the turn policy. */
  public static DraftUpdated under(TurnPolicy policy) {
    return new DraftUpdated(ANA, NOW, DraftChange.turnPolicy(policy));
  }

  /** The user asked for the ring. */
  public static RingRequested requested(UserId user) {
    return new RingRequested(user, NOW);
  }

  /** The user withdrew their request. */
  public static RingRequestRemoved withdrawn(UserId user) {
    return new RingRequestRemoved(user, NOW, user, RequestEnd.WITHDRAWN);
  }

  /** The actor declined the user's request. */
  public static RingRequestRemoved declined(UserId actor, UserId user) {
    return new RingRequestRemoved(actor, NOW, user, RequestEnd.DECLINED);
  }

  /** ANA set whether the user is away. */
  public static CollaboratorUpdated away(UserId user, boolean away) {
    return new CollaboratorUpdated(ANA, NOW, user, MemberChange.away(away), UpdateReason.CREATOR);
  }

  /** ANA gave the user another role. */
  public static CollaboratorUpdated became(UserId user, Role role) {
    return new CollaboratorUpdated(ANA, NOW, user, MemberChange.role(role), UpdateReason.CREATOR);
  }

  /** The user, who was away, was active again. */
  public static CollaboratorUpdated activeAgain(UserId user) {
    return new CollaboratorUpdated(
        user, NOW, user, MemberChange.away(false), UpdateReason.ACTIVE_AGAIN);
  }
}
