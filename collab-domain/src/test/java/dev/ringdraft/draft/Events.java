package dev.ringdraft.draft;

import static dev.ringdraft.draft.Cast.ANA;
import static dev.ringdraft.draft.Cast.NOW;
import static dev.ringdraft.draft.Cast.SEGMENT;
import static dev.ringdraft.draft.Cast.TITLE;

import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.TurnPolicy;

/** What happened, in short words, all at {@link Cast#NOW} in ANA's draft. */
public final class Events {
  private Events() {}

  public static DraftCreated created() {
    return new DraftCreated(ANA, NOW, TITLE, null, null);
  }

  /** The draft began under a turn policy. */
  public static DraftCreated created(TurnPolicy policy) {
    return new DraftCreated(ANA, NOW, TITLE, null, policy);
  }

  public static CollaboratorAdded contributor(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.CONTRIBUTOR);
  }

  public static CollaboratorAdded viewer(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.VIEWER);
  }

  public static CollaboratorRemoved removed(UserId user) {
    return new CollaboratorRemoved(ANA, NOW, user);
  }

  public static CollaboratorRemoved left(UserId user) {
    return new CollaboratorRemoved(user, NOW, user);
  }

  public static SegmentAdded segment(UserId author, int position) {
    return segment(author, position, "words");
  }

  public static SegmentAdded segment(UserId author, int position, String content) {
    return new SegmentAdded(new Segment(SEGMENT, author, content, position, NOW));
  }

  public static RingPassed passed(UserId from, UserId to, long term) {
    return new RingPassed(from, NOW, from, to, term, PassReason.PASSED, null);
  }

  /** The ring went back to ANA because its holder goes. */
  public static RingPassed returned(UserId actor, UserId from, long term) {
    return new RingPassed(actor, NOW, from, ANA, term, PassReason.RETURNED, null);
  }

  public static DraftUpdated titled(String title) {
    return new DraftUpdated(ANA, NOW, DraftChange.title(title));
  }

  public static DraftUpdated became(DraftStatus status) {
    return new DraftUpdated(ANA, NOW, DraftChange.status(status));
  }

  public static DraftUpdated under(TurnPolicy policy) {
    return new DraftUpdated(ANA, NOW, DraftChange.turnPolicy(policy));
  }

  public static RingRequested requested(UserId user) {
    return new RingRequested(user, NOW);
  }

  public static RingRequestRemoved withdrawn(UserId user) {
    return new RingRequestRemoved(user, NOW, user, RequestEnd.WITHDRAWN);
  }

  public static RingRequestRemoved declined(UserId actor, UserId user) {
    return new RingRequestRemoved(actor, NOW, user, RequestEnd.DECLINED);
  }

  /** ANA set that the user is away, or is not any more. */
  public static CollaboratorUpdated away(UserId user, boolean away) {
    return new CollaboratorUpdated(ANA, NOW, user, MemberChange.away(away), UpdateReason.CREATOR);
  }

  /** ANA gave the user another role. */
  public static CollaboratorUpdated became(UserId user, Role role) {
    return new CollaboratorUpdated(ANA, NOW, user, MemberChange.role(role), UpdateReason.CREATOR);
  }

  /** The user did something while away. */
  public static CollaboratorUpdated activeAgain(UserId user) {
    return new CollaboratorUpdated(
        user, NOW, user, MemberChange.away(false), UpdateReason.ACTIVE_AGAIN);
  }
}
