package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Rejected;
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
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.NextHolder;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules of one draft read. Texts are not among it, so deciding costs the same for a
 * draft of ten segments or of ten thousand. Immutable; {@link #decide} and {@link #evolve} are pure
 * and total.
 *
 * <p>Each command is looked at in one order: may the actor see the draft, was the command made for
 * this turn, are its fields in bounds, does the draft's status allow it, does the actor's place in
 * the draft allow it. The first answer that is a no is the answer.
 *
 * <p>Invariants: the ring's holder is a member who may write, and waits for nothing; positions run
 * 0 … segmentCount - 1.
 */
public record Draft(Members members, Ring ring, DraftStatus status, int segmentCount, Turns turns) {
  public Draft {
    if (!members.canWrite(ring.holder())) {
      throw new CorruptHistoryException(
          "the ring is held by " + ring.holder() + ", who can't write");
    }
    if (turns.placeOf(ring.holder()) >= 0) {
      throw new CorruptHistoryException(ring.holder() + " holds the ring and waits for it");
    }
  }

  /** Decides on the command that starts a draft. */
  public static Decision decide(CreateDraft command, DraftLimits limits) {
    return DraftRules.create(command, limits);
  }

  /** The draft after its first event. */
  public static Draft startedBy(DraftCreated created) {
    TurnPolicy given = created.turnPolicy();
    return new Draft(
        Members.of(created.actor()),
        Ring.firstHeldBy(created.actor()),
        DraftStatus.ACTIVE,
        0,
        Turns.startedBy(
            created.actor(), created.at(), given == null ? TurnPolicy.defaults() : given));
  }

  /**
   * The draft that a whole history leads to.
   *
   * @param events from revision 1 on, without a gap
   * @throws CorruptHistoryException when they cannot have followed each other
   */
  public static Draft replay(List<? extends DraftEvent> events) {
    if (events.isEmpty() || !(events.getFirst() instanceof DraftCreated created)) {
      throw new CorruptHistoryException("a history begins with draft_created");
    }
    Draft draft = startedBy(created);
    for (DraftEvent event : events.subList(1, events.size())) {
      draft = draft.evolve(event);
    }
    return draft;
  }

  /** Who would get the ring now if the server had to choose; empty when nobody is eligible. */
  public Optional<UserId> nextHolder() {
    return NextHolder.of(members, ring, turns);
  }

  /** When the present turn times out; null while the draft is not active, and without a limit. */
  public @Nullable Instant turnEndsAt() {
    return status == DraftStatus.ACTIVE ? turns.deadline() : null;
  }

  /**
   * When the present turn is to be ended if its holder does nothing; null when it has no limit, and
   * while nobody could get the ring.
   */
  public @Nullable Instant timesOutAt() {
    Instant endsAt = turnEndsAt();
    return endsAt == null || nextHolder().isEmpty() ? null : endsAt;
  }

  /** How many segments were written in the present turn. */
  public int turnSegments() {
    return segmentCount - turns.firstPosition();
  }

  /** What follows from the command, here and now. */
  public Decision decide(DraftCommand command, DraftLimits limits) {
    if (!(command instanceof TimeOutTurn) && !members.contains(command.actor())) {
      return new Rejected(new DraftUnknown());
    }
    return switch (command) {
      case AppendSegment append -> RingRules.append(this, append, limits);
      case PassRing pass -> RingRules.pass(this, pass);
      case RevokeRing revoke -> RingRules.revoke(this, revoke);
      case RequestRing request -> TurnRules.request(this, request);
      case RemoveRingRequest remove -> TurnRules.removeRequest(this, remove);
      case TimeOutTurn timeOut -> TurnRules.timeOut(this, timeOut);
      case AddCollaborator add -> MemberRules.add(this, add, limits);
      case RemoveCollaborator remove -> MemberRules.remove(this, remove);
      case UpdateCollaborator update -> MemberRules.update(this, update);
      case UpdateDraft update -> DraftRules.update(this, update, limits);
    };
  }

  /**
   * The draft after one more fact.
   *
   * @throws CorruptHistoryException when the fact cannot follow
   */
  public Draft evolve(DraftEvent event) {
    try {
      return switch (event) {
        case DraftCreated again -> throw new CorruptHistoryException("draft_created came twice");
        case SegmentAdded added -> afterSegment(added.segment());
        case RingPassed passed -> afterPass(passed);
        case RingRequested requested ->
            with(turns.requested(new RingRequest(requested.actor(), requested.at())));
        case RingRequestRemoved removed -> with(turns.withoutRequest(removed.user()));
        case CollaboratorAdded added -> with(members.with(added.user(), added.role()), turns);
        case CollaboratorRemoved removed ->
            with(members.without(removed.user()), turns.without(removed.user()));
        case CollaboratorUpdated updated -> afterMemberUpdate(updated);
        case DraftUpdated updated -> afterUpdate(updated);
      };
    } catch (IllegalArgumentException cannotFollow) {
      throw new CorruptHistoryException(String.valueOf(cannotFollow.getMessage()));
    }
  }

  private Draft with(Turns next) {
    return with(members, next);
  }

  private Draft with(Members nextMembers, Turns nextTurns) {
    return new Draft(nextMembers, ring, status, segmentCount, nextTurns);
  }

  private Draft afterSegment(Segment segment) {
    if (status != DraftStatus.ACTIVE) {
      throw new CorruptHistoryException("a segment while the draft was " + status);
    }
    if (segment.position() != segmentCount || !ring.isHeldBy(segment.author())) {
      throw new CorruptHistoryException(
          "segment %d by %s after %d segments, the ring held by %s"
              .formatted(segment.position(), segment.author(), segmentCount, ring.holder()));
    }
    return new Draft(members, ring, status, segmentCount + 1, turns);
  }

  private Draft afterPass(RingPassed passed) {
    Ring next = ring.passedTo(passed.to());
    if (!ring.isHeldBy(passed.from()) || next.term() != passed.term()) {
      throw new CorruptHistoryException(
          "term %d passed on by %s after term %d of %s"
              .formatted(passed.term(), passed.from(), ring.term(), ring.holder()));
    }
    if (status != DraftStatus.ACTIVE && passed.reason() != PassReason.RETURNED) {
      throw new CorruptHistoryException(
          "the ring %s to %s while the draft was %s"
              .formatted(passed.reason(), passed.to(), status));
    }
    Turns nextTurns =
        turns
            .ended(ring.holder(), passed.reason(), segmentCount)
            .begun(next, passed.at(), segmentCount);
    return new Draft(members, next, status, segmentCount, nextTurns);
  }

  private Draft afterMemberUpdate(CollaboratorUpdated updated) {
    UserId user = updated.user();
    if (!members.contains(user)) {
      throw new CorruptHistoryException(user + " was updated and is no member");
    }
    Role role = updated.change().role();
    Boolean away = updated.change().away();
    Turns attended = away == null ? turns : turns.withAway(user, away);
    if (role == null) {
      return with(attended);
    }
    return with(
        members.withRole(user, role), role.canWrite() ? attended : attended.withoutRequest(user));
  }

  private Draft afterUpdate(DraftUpdated updated) {
    DraftStatus next = updated.change().status() == null ? status : updated.change().status();
    if (!status.mayBecome(next)) {
      throw new CorruptHistoryException(status + " became " + next);
    }
    TurnPolicy policy = updated.change().turnPolicy();
    Turns governed = policy == null ? turns : turns.under(policy);
    boolean resumes = status != DraftStatus.ACTIVE && next == DraftStatus.ACTIVE;
    return new Draft(
        members, ring, next, segmentCount, resumes ? governed.restarted(updated.at()) : governed);
  }
}
