package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/** The rules of starting a draft and of changing what is said about it. */
final class DraftRules {
  private DraftRules() {}

  static Decision create(CreateDraft command, DraftLimits limits) {
    List<FieldError> errors = new ArrayList<>();
    NewDraft draft = command.draft();
    NewSegment initial = draft.initialSegment();
    title(limits).check(draft.title(), errors);
    new TextRule("initial_segment", limits.maxContentCodePoints())
        .check(initial == null ? null : initial.content(), errors);
    checkUser("creator_id", command.actor(), errors);
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    DraftCreated created =
        new DraftCreated(
            command.actor(), command.at(), draft.title(), draft.platform(), draft.turnPolicy());
    return initial == null
        ? Accepted.of(created)
        : Accepted.of(
            created,
            new SegmentAdded(
                new Segment(initial.id(), command.actor(), initial.content(), 0, command.at())));
  }

  static Decision update(Draft draft, UpdateDraft command, DraftLimits limits) {
    List<FieldError> errors = new ArrayList<>();
    DraftChange change = command.change();
    title(limits).check(change.title(), errors);
    if (change.isEmpty()) {
      errors.add(
          new FieldError(
              "title", "neither title, status nor turn_policy (expected: at least one)"));
    }
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    if (change.status() != null && !draft.status().mayBecome(change.status())) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    if (!draft.members().isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    return Accepted.of(new DraftUpdated(command.actor(), command.at(), change));
  }

  /** Adds what is wrong with a user id that a draft is to remember, if anything is. */
  static void checkUser(String field, UserId user, List<FieldError> errors) {
    if (!user.fitsInUrl()) {
      errors.add(new FieldError(field, UserId.NOT_IN_URL));
    }
    if (user.isReserved()) {
      errors.add(new FieldError(field, UserId.IS_RESERVED));
    }
  }

  private static TextRule title(DraftLimits limits) {
    return new TextRule("title", limits.maxTitleCodePoints());
  }
}
