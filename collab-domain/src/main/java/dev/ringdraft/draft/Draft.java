package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.AlreadyMember;
import dev.ringdraft.draft.Rejection.CollaboratorUnknown;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.CreatorStays;
import dev.ringdraft.draft.Rejection.DraftFull;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RecipientNotMember;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules of one draft read, and the rules. Texts are not among it, so deciding costs
 * the same for a draft of ten segments or of ten thousand. Immutable; {@link #decide} and {@link
 * #evolve} are pure and total.
 *
 * <p>Each command is looked at in one order: may the actor see the draft, was the command made for
 * this turn, are its fields in bounds, does the draft's status allow it, does the actor's place in
 * the draft allow it. The first answer that is a no is the answer.
 *
 * <p>Invariants: the ring's holder is a member who may write; positions run 0 … segmentCount - 1.
 */
public record Draft(Members members, Ring ring, DraftStatus status, int segmentCount) {
  public Draft {
    if (!members.canWrite(ring.holder())) {
      throw new CorruptHistoryException(
          "the ring is held by " + ring.holder() + ", who can't write");
    }
  }

  /** Decides on the command that starts a draft. */
  public static Decision decide(CreateDraft command, DraftLimits limits) {
    List<FieldError> errors = new ArrayList<>();
    NewDraft draft = command.draft();
    NewSegment initial = draft.initialSegment();
    title(limits).check(draft.title(), errors);
    new TextRule("initial_segment", limits.maxContentCodePoints())
        .check(initial == null ? null : initial.content(), errors);
    if (!command.actor().fitsInUrl()) {
      errors.add(new FieldError("creator_id", UserId.NOT_IN_URL));
    }
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    DraftCreated created =
        new DraftCreated(command.actor(), command.at(), draft.title(), draft.platform());
    return initial == null
        ? Accepted.of(created)
        : Accepted.of(
            created,
            new SegmentAdded(
                new Segment(initial.id(), command.actor(), initial.content(), 0, command.at())));
  }

  /** The draft after its first event. */
  public static Draft startedBy(DraftCreated created) {
    return new Draft(
        Members.of(created.actor()), Ring.firstHeldBy(created.actor()), DraftStatus.ACTIVE, 0);
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

  /** What follows from the command, here and now. */
  public Decision decide(DraftCommand command, DraftLimits limits) {
    if (!members.contains(command.actor())) {
      return new Rejected(new DraftUnknown());
    }
    return switch (command) {
      case AppendSegment append -> decideAppend(append, limits);
      case PassRing pass -> decidePass(pass);
      case AddCollaborator add -> decideAdd(add, limits);
      case RemoveCollaborator remove -> decideRemove(remove);
      case UpdateDraft update -> decideUpdate(update, limits);
    };
  }

  private Decision decideAppend(AppendSegment command, DraftLimits limits) {
    if (isForAnotherTurn(command.ringTerm())) {
      return ringMoved();
    }
    List<FieldError> errors = new ArrayList<>();
    new TextRule("content", limits.maxContentCodePoints())
        .check(command.segment().content(), errors);
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    if (status != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(status));
    }
    if (!ring.isHeldBy(command.actor())) {
      return new Rejected(new RingNotHeld(ring.holder()));
    }
    if (segmentCount >= limits.maxSegments()) {
      return new Rejected(new DraftFull("segments", limits.maxSegments()));
    }
    return Accepted.of(
        new SegmentAdded(
            new Segment(
                command.segment().id(),
                command.actor(),
                command.segment().content(),
                segmentCount,
                command.at())));
  }

  private Decision decidePass(PassRing command) {
    if (isForAnotherTurn(command.ringTerm())) {
      return ringMoved();
    }
    if (status != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(status));
    }
    if (!ring.isHeldBy(command.actor())) {
      return new Rejected(new RingNotHeld(ring.holder()));
    }
    if (ring.isHeldBy(command.to())) {
      return new Rejected(new AlreadyHolder(ring.holder()));
    }
    if (!members.contains(command.to())) {
      return new Rejected(new RecipientNotMember(command.to()));
    }
    if (!members.canWrite(command.to())) {
      return new Rejected(new RecipientCannotWrite(command.to()));
    }
    return Accepted.of(pass(command, command.to(), PassReason.PASSED));
  }

  private Decision decideAdd(AddCollaborator command, DraftLimits limits) {
    if (!members.isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    if (members.contains(command.user())) {
      return new Rejected(new AlreadyMember(command.user()));
    }
    if (!command.user().fitsInUrl()) {
      return new Rejected(new FieldsInvalid(List.of(new FieldError("user_id", UserId.NOT_IN_URL))));
    }
    if (members.collaborators().size() >= limits.maxCollaborators()) {
      return new Rejected(new DraftFull("collaborators", limits.maxCollaborators()));
    }
    return Accepted.of(
        new CollaboratorAdded(command.actor(), command.at(), command.user(), command.role()));
  }

  private Decision decideRemove(RemoveCollaborator command) {
    boolean leaving = command.actor().equals(command.user());
    if (!leaving && !members.isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    if (members.isCreator(command.user())) {
      return new Rejected(new CreatorStays());
    }
    if (!members.contains(command.user())) {
      return new Rejected(new CollaboratorUnknown(command.user()));
    }
    CollaboratorRemoved removed =
        new CollaboratorRemoved(command.actor(), command.at(), command.user());
    return ring.isHeldBy(command.user())
        ? Accepted.of(pass(command, members.creator(), PassReason.RETURNED), removed)
        : Accepted.of(removed);
  }

  private Decision decideUpdate(UpdateDraft command, DraftLimits limits) {
    List<FieldError> errors = new ArrayList<>();
    title(limits).check(command.title(), errors);
    if (command.title() == null && command.status() == null) {
      errors.add(new FieldError("title", "neither title nor status (expected: at least one)"));
    }
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    if (command.status() != null && !status.mayBecome(command.status())) {
      return new Rejected(new DraftNotActive(status));
    }
    if (!members.isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    return Accepted.of(
        new DraftUpdated(command.actor(), command.at(), command.title(), command.status()));
  }

  private boolean isForAnotherTurn(@Nullable Long ringTerm) {
    return ringTerm != null && ringTerm != ring.term();
  }

  private Rejected ringMoved() {
    return new Rejected(new RingMoved(ring.holder(), ring.term()));
  }

  private RingPassed pass(DraftCommand command, UserId to, PassReason reason) {
    Ring next = ring.passedTo(to);
    return new RingPassed(command.actor(), command.at(), ring.holder(), to, next.term(), reason);
  }

  private static TextRule title(DraftLimits limits) {
    return new TextRule("title", limits.maxTitleCodePoints());
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
        case CollaboratorAdded added ->
            new Draft(members.with(added.user(), added.role()), ring, status, segmentCount);
        case CollaboratorRemoved removed ->
            new Draft(members.without(removed.user()), ring, status, segmentCount);
        case DraftUpdated updated -> afterUpdate(updated.status());
      };
    } catch (IllegalArgumentException cannotFollow) {
      throw new CorruptHistoryException(String.valueOf(cannotFollow.getMessage()));
    }
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
    return new Draft(members, ring, status, segmentCount + 1);
  }

  private Draft afterPass(RingPassed passed) {
    Ring next = ring.passedTo(passed.to());
    if (!ring.isHeldBy(passed.from()) || next.term() != passed.term()) {
      throw new CorruptHistoryException(
          "term %d passed on by %s after term %d of %s"
              .formatted(passed.term(), passed.from(), ring.term(), ring.holder()));
    }
    if (!mayMove(passed)) {
      throw new CorruptHistoryException(
          "the ring %s to %s while the draft was %s"
              .formatted(passed.reason(), passed.to(), status));
    }
    return new Draft(members, next, status, segmentCount);
  }

  private boolean mayMove(RingPassed passed) {
    return switch (passed.reason()) {
      case PASSED -> status == DraftStatus.ACTIVE;
      case RETURNED -> members.isCreator(passed.to());
    };
  }

  private Draft afterUpdate(@Nullable DraftStatus next) {
    if (next == null) {
      return this;
    }
    if (!status.mayBecome(next)) {
      throw new CorruptHistoryException(status + " became " + next);
    }
    return new Draft(members, ring, next, segmentCount);
  }
}
