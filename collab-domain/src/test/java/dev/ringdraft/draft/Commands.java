package dev.ringdraft.draft;

import static dev.ringdraft.draft.Cast.NOW;
import static dev.ringdraft.draft.Cast.SEGMENT;
import static dev.ringdraft.draft.Cast.TITLE;

import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveRingRequest;
import dev.ringdraft.draft.DraftCommand.RequestRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.draft.DraftCommand.UpdateCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Instant;

/** What somebody wants, in short words, all at {@link Cast#NOW}. */
public final class Commands {
  private Commands() {}

  public static CreateDraft begin(UserId actor) {
    return new CreateDraft(actor, NOW, NewDraft.titled(TITLE));
  }

  public static AppendSegment append(UserId actor) {
    return append(actor, "words");
  }

  public static AppendSegment append(UserId actor, String content) {
    return new AppendSegment(actor, NOW, new NewSegment(SEGMENT, content), null);
  }

  public static AppendSegment appendIn(long term, UserId actor) {
    return new AppendSegment(actor, NOW, new NewSegment(SEGMENT, "words"), term);
  }

  public static PassRing pass(UserId actor, UserId to) {
    return new PassRing(actor, NOW, to, null);
  }

  public static PassRing passIn(long term, UserId actor, UserId to) {
    return new PassRing(actor, NOW, to, term);
  }

  public static AddCollaborator add(UserId actor, UserId user, Role role) {
    return new AddCollaborator(actor, NOW, user, role);
  }

  public static RemoveCollaborator remove(UserId actor, UserId user) {
    return new RemoveCollaborator(actor, NOW, user);
  }

  public static RemoveCollaborator leave(UserId user) {
    return remove(user, user);
  }

  public static UpdateDraft title(UserId actor, String title) {
    return new UpdateDraft(actor, NOW, DraftChange.title(title));
  }

  public static UpdateDraft status(UserId actor, DraftStatus status) {
    return new UpdateDraft(actor, NOW, DraftChange.status(status));
  }

  public static UpdateDraft policy(UserId actor, TurnPolicy policy) {
    return new UpdateDraft(actor, NOW, DraftChange.turnPolicy(policy));
  }

  /** Pass to whom the turn policy chooses. */
  public static PassRing passToNext(UserId actor) {
    return new PassRing(actor, NOW, null, null);
  }

  /** Take the ring back, for oneself. */
  public static RevokeRing revoke(UserId actor) {
    return new RevokeRing(actor, NOW, null, null);
  }

  public static RevokeRing revoke(UserId actor, UserId to) {
    return new RevokeRing(actor, NOW, to, null);
  }

  public static RevokeRing revokeIn(long term, UserId actor, UserId to) {
    return new RevokeRing(actor, NOW, to, term);
  }

  public static RequestRing request(UserId actor) {
    return new RequestRing(actor, NOW);
  }

  /** Take a request out of the queue: one's own, or another's. */
  public static RemoveRingRequest removeRequest(UserId actor, UserId user) {
    return new RemoveRingRequest(actor, NOW, user);
  }

  public static UpdateCollaborator update(UserId actor, UserId user, MemberChange change) {
    return new UpdateCollaborator(actor, NOW, user, change);
  }

  public static TimeOutTurn timeOut(long term, Instant at) {
    return new TimeOutTurn(at, term);
  }
}
