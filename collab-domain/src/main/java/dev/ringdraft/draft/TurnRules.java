package dev.ringdraft.draft;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.RemoveRingRequest;
import dev.ringdraft.draft.DraftCommand.RequestRing;
import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.AlreadyRequested;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.NobodyEligible;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RequestUnknown;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.draft.Rejection.TurnNotOver;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import java.time.Instant;
import java.util.Optional;

/** The rules of the queue for the ring, and of turns that end by their deadline. */
final class TurnRules {
  private TurnRules() {}

  static Decision request(Draft draft, RequestRing command) {
    UserId user = command.actor();
    if (draft.status() == DraftStatus.COMPLETED) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    if (!draft.members().canWrite(user)) {
      return new Rejected(new RecipientCannotWrite(user));
    }
    if (draft.ring().isHeldBy(user)) {
      return new Rejected(new AlreadyHolder(user));
    }
    if (draft.turns().placeOf(user) >= 0) {
      return new Rejected(new AlreadyRequested(user));
    }
    return RingRules.andActive(draft, command, new RingRequested(user, command.at()));
  }

  static Decision removeRequest(Draft draft, RemoveRingRequest command) {
    boolean own = command.actor().equals(command.user());
    if (!own
        && !draft.ring().isHeldBy(command.actor())
        && !draft.members().isCreator(command.actor())) {
      return new Rejected(new RingNotHeld(draft.ring().holder()));
    }
    if (draft.turns().placeOf(command.user()) < 0) {
      return new Rejected(new RequestUnknown(command.user()));
    }
    return Accepted.of(
        new RingRequestRemoved(
            command.actor(),
            command.at(),
            command.user(),
            own ? RequestEnd.WITHDRAWN : RequestEnd.DECLINED));
  }

  static Decision timeOut(Draft draft, TimeOutTurn command) {
    if (command.term() != draft.ring().term()) {
      return RingRules.ringMoved(draft);
    }
    if (draft.status() != DraftStatus.ACTIVE) {
      return new Rejected(new DraftNotActive(draft.status()));
    }
    Instant endsAt = draft.turnEndsAt();
    if (endsAt == null || command.at().isBefore(endsAt)) {
      return new Rejected(new TurnNotOver(endsAt));
    }
    Optional<UserId> next = draft.nextHolder();
    if (next.isEmpty()) {
      return new Rejected(new NobodyEligible());
    }
    RingPassed passed = RingRules.passed(draft, command, next.get(), PassReason.TIMED_OUT);
    UserId holder = draft.ring().holder();
    return missesTooMany(draft, holder)
        ? Accepted.of(
            passed,
            new CollaboratorUpdated(
                command.actor(),
                command.at(),
                holder,
                MemberChange.away(true),
                UpdateReason.MISSED_TURNS))
        : Accepted.of(passed);
  }

  /** Whether the holder is to be away after a turn that ends now without its segment. */
  private static boolean missesTooMany(Draft draft, UserId holder) {
    Integer limit = draft.turns().policy().awayAfterMissed();
    return limit != null
        && draft.turnSegments() == 0
        && !draft.turns().isAway(holder)
        && draft.turns().attendanceOf(holder).missed() + 1 >= limit;
  }
}
