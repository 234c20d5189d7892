package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateCollaborator;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.Rejection.AlreadyMember;
import dev.ringdraft.draft.Rejection.CollaboratorUnknown;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.CreatorStays;
import dev.ringdraft.draft.Rejection.DraftFull;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.ring.PassReason;
import java.util.ArrayList;
import java.util.List;

/** The rules of who belongs to a draft, in which role, and who is away. */
final class MemberRules {
  private MemberRules() {}

  static Decision add(Draft draft, AddCollaborator command, DraftLimits limits) {
    if (!draft.members().isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    if (draft.members().contains(command.user())) {
      return new Rejected(new AlreadyMember(command.user()));
    }
    List<FieldError> errors = new ArrayList<>();
    DraftRules.checkUser("user_id", command.user(), errors);
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    if (draft.members().collaborators().size() >= limits.maxCollaborators()) {
      return new Rejected(new DraftFull("collaborators", limits.maxCollaborators()));
    }
    return Accepted.of(
        new CollaboratorAdded(command.actor(), command.at(), command.user(), command.role()));
  }

  static Decision remove(Draft draft, RemoveCollaborator command) {
    boolean leaving = command.actor().equals(command.user());
    if (!leaving && !draft.members().isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    if (draft.members().isCreator(command.user())) {
      return new Rejected(new CreatorStays());
    }
    if (!draft.members().contains(command.user())) {
      return new Rejected(new CollaboratorUnknown(command.user()));
    }
    return afterReturn(
        draft,
        command,
        draft.ring().isHeldBy(command.user()),
        new CollaboratorRemoved(command.actor(), command.at(), command.user()));
  }

  static Decision update(Draft draft, UpdateCollaborator command) {
    MemberChange change = command.change();
    if (change.isEmpty()) {
      return new Rejected(
          new FieldsInvalid(
              List.of(new FieldError("role", "neither role nor away (expected: at least one)"))));
    }
    boolean own = command.actor().equals(command.user());
    boolean creator = draft.members().isCreator(command.actor());
    if (!creator && (!own || change.role() != null)) {
      return new Rejected(new CreatorRequired());
    }
    if (!draft.members().contains(command.user())) {
      return new Rejected(new CollaboratorUnknown(command.user()));
    }
    if (change.role() != null && draft.members().isCreator(command.user())) {
      return new Rejected(new CreatorStays());
    }
    return afterReturn(
        draft,
        command,
        draft.ring().isHeldBy(command.user()) && change.role() != null && !change.role().canWrite(),
        new CollaboratorUpdated(
            command.actor(),
            command.at(),
            command.user(),
            change,
            own ? UpdateReason.SELF : UpdateReason.CREATOR));
  }

  /** A holder who goes, or may write no more, hands the ring on first. */
  private static Decision afterReturn(
      Draft draft, DraftCommand command, boolean holderGoes, DraftEvent event) {
    return holderGoes
        ? Accepted.of(
            RingRules.passed(
                draft,
                command,
                draft.nextHolder().orElse(draft.members().creator()),
                PassReason.RETURNED),
            event)
        : Accepted.of(event);
  }
}
