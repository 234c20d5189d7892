package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.DraftFull;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.draft.Rejection.NobodyEligible;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RecipientNotMember;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of what the holder may do, and of how the creator takes the ring back. */
final class RingRules {
  private RingRules() {}

  static Decision append(Draft draft, AppendSegment command, DraftLimits limits) {
    if (isForAnotherTurn(draft, command.ringTerm())) {
      return ringMoved(draft);
    }
    List<FieldError> errors = new ArrayList<>();
    new TextRule("content", limits.maxContentCodePoints())
        .check(command.segment().content(), errors);
    if (!errors.isEmpty()) {
      return new Rejected(new FieldsInvalid(errors));
    }
    if (draft.status() != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    if (!draft.ring().isHeldBy(command.actor())) {
      return new Rejected(new RingNotHeld(draft.ring().holder()));
    }
    if (draft.segmentCount() >= limits.maxSegments()) {
      return new Rejected(new DraftFull("segments", limits.maxSegments()));
    }
    SegmentAdded added =
        new SegmentAdded(
            new Segment(
                command.segment().id(),
                command.actor(),
                command.segment().content(),
                draft.segmentCount(),
                command.at()));
    Integer maxSegments = draft.turns().policy().maxSegments();
    Optional<UserId> next =
        maxSegments != null && draft.turnSegments() + 1 >= maxSegments
            ? draft.nextHolder()
            : Optional.empty();
    return next.map(
            to ->
                andActive(
                    draft, command, added, passed(draft, command, to, PassReason.TURN_COMPLETE)))
        .orElseGet(() -> andActive(draft, command, added));
  }

  static Decision pass(Draft draft, PassRing command) {
    if (isForAnotherTurn(draft, command.ringTerm())) {
      return ringMoved(draft);
    }
    if (draft.status() != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    if (!draft.ring().isHeldBy(command.actor())) {
      return new Rejected(new RingNotHeld(draft.ring().holder()));
    }
    UserId to = command.to() == null ? draft.nextHolder().orElse(null) : command.to();
    return to == null
        ? new Rejected(new NobodyEligible())
        : passTo(draft, command, to, PassReason.PASSED);
  }

  static Decision revoke(Draft draft, RevokeRing command) {
    if (isForAnotherTurn(draft, command.ringTerm())) {
      return ringMoved(draft);
    }
    if (draft.status() != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    if (!draft.members().isCreator(command.actor())) {
      return new Rejected(new CreatorRequired());
    }
    UserId to = command.to() == null ? command.actor() : command.to();
    return passTo(draft, command, to, PassReason.REVOKED);
  }

  private static Decision passTo(Draft draft, DraftCommand command, UserId to, PassReason reason) {
    if (draft.ring().isHeldBy(to)) {
      return new Rejected(new AlreadyHolder(to));
    }
    if (!draft.members().contains(to)) {
      return new Rejected(new RecipientNotMember(to));
    }
    if (!draft.members().canWrite(to)) {
      return new Rejected(new RecipientCannotWrite(to));
    }
    return andActive(draft, command, passed(draft, command, to, reason));
  }

  /** The fact that the ring goes to its next holder. */
  static RingPassed passed(Draft draft, DraftCommand command, UserId to, PassReason reason) {
    Ring next = draft.ring().passedTo(to);
    Instant endsAt =
        draft.status() == DraftStatus.ACTIVE
            ? draft.turns().policy().deadlineFrom(command.at())
            : null;
    return new RingPassed(
        command.actor(), command.at(), draft.ring().holder(), to, next.term(), reason, endsAt);
  }

  /** These facts; who does them while away is not away any more. */
  static Decision andActive(Draft draft, DraftCommand command, DraftEvent... events) {
    List<DraftEvent> all = new ArrayList<>(List.of(events));
    if (draft.turns().isAway(command.actor())) {
      all.add(
          new CollaboratorUpdated(
              command.actor(),
              command.at(),
              command.actor(),
              MemberChange.away(false),
              UpdateReason.ACTIVE_AGAIN));
    }
    return new Accepted(all);
  }

  private static boolean isForAnotherTurn(Draft draft, @Nullable Long ringTerm) {
    return ringTerm != null && ringTerm != draft.ring().term();
  }

  static Rejected ringMoved(Draft draft) {
    return new Rejected(new RingMoved(draft.ring().holder(), draft.ring().term()));
  }
}
