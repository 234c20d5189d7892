package dev.ringdraft.testing;

import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.TITLE;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftChange;
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
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Instant;

/** Commands in short words, all at {@link Cast#NOW} and all by the actor that is named first. */
public final class Commands {
  private Commands() {}

  /** Create the draft {@link Cast#TITLE}. */
  public static CreateDraft begin(UserId actor) {
    return new CreateDraft(actor, NOW, NewDraft.titled(TITLE));
  }

  /** Append {@code words}. */
  public static AppendSegment append(UserId actor) {
    return append(actor, "words");
  }

  /** Append a text. */
  public static AppendSegment append(UserId actor, String content) {
    return new AppendSegment(actor, NOW, new NewSegment(SEGMENT, content), null);
  }

  /** Append {@code words}, if the ring is still in this term. */
  public static AppendSegment appendIn(long term, UserId actor) {
    return new AppendSegment(actor, NOW, new NewSegment(SEGMENT, "words"), term);
  }

  /** Pass the ring to a user. */
  public static PassRing pass(UserId actor, UserId to) {
    return new PassRing(actor, NOW, to, null);
  }

  /** Pass the ring to a user, if it is still in this term. */
  public static PassRing passIn(long term, UserId actor, UserId to) {
    return new PassRing(actor, NOW, to, term);
  }

  /** Add a user as a member. */
  public static AddCollaborator add(UserId actor, UserId user, Role role) {
    return new AddCollaborator(actor, NOW, user, role);
  }

  /** Remove a member. */
  public static RemoveCollaborator remove(UserId actor, UserId user) {
    return new RemoveCollaborator(actor, NOW, user);
  }

  /** Leave the draft. */
  public static RemoveCollaborator leave(UserId user) {
    return remove(user, user);
  }

  /** Change the title. */
  public static UpdateDraft title(UserId actor, String title) {
    return new UpdateDraft(actor, NOW, DraftChange.title(title));
  }

  /** Lock, unlock or complete the draft. */
  public static UpdateDraft status(UserId actor, DraftStatus status) {
    return new UpdateDraft(actor, NOW, DraftChange.status(status));
  }

  /** Change the turn policy. */
  public static UpdateDraft policy(UserId actor, TurnPolicy policy) {
    return new UpdateDraft(actor, NOW, DraftChange.turnPolicy(policy));
  }

  /** Pass the ring to the next holder, as the turn policy says. */
  public static PassRing passToNext(UserId actor) {
    return new PassRing(actor, NOW, null, null);
  }

  /** Take the ring back, for the actor. */
  public static RevokeRing revoke(UserId actor) {
    return new RevokeRing(actor, NOW, null, null);
  }

  /** Take the ring back, for a member. */
  public static RevokeRing revoke(UserId actor, UserId to) {
    return new RevokeRing(actor, NOW, to, null);
  }

  /** Take the ring back for a member, if it is still in this term. */
  public static RevokeRing revokeIn(long term, UserId actor, UserId to) {
    return new RevokeRing(actor, NOW, to, term);
  }

  /** Ask for the ring. */
  public static RequestRing request(UserId actor) {
    return new RequestRing(actor, NOW);
  }

  /** Withdraw the actor's own request, or decline another's. */
  public static RemoveRingRequest removeRequest(UserId actor, UserId user) {
    return new RemoveRingRequest(actor, NOW, user);
  }

  /** Change a member: the role, or whether they are away. */
  public static UpdateCollaborator update(UserId actor, UserId user, MemberChange change) {
    return new UpdateCollaborator(actor, NOW, user, change);
  }

  /** End a turn by its deadline, as the server's timer does. */
  public static TimeOutTurn timeOut(long term, Instant at) {
    return new TimeOutTurn(at, term);
  }
}
