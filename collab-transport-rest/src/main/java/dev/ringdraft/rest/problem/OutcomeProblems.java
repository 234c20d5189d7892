package dev.ringdraft.rest.problem;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Contended;
import dev.ringdraft.authoring.Outcome.KeyReused;
import dev.ringdraft.authoring.Outcome.PreconditionFailed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.Rejection;
import dev.ringdraft.draft.Rejection.AlreadyHolder;
import dev.ringdraft.draft.Rejection.AlreadyMember;
import dev.ringdraft.draft.Rejection.AlreadyRequested;
import dev.ringdraft.draft.Rejection.CollaboratorUnknown;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.CreatorStays;
import dev.ringdraft.draft.Rejection.DraftFull;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.draft.Rejection.NobodyEligible;
import dev.ringdraft.draft.Rejection.RecipientCannotWrite;
import dev.ringdraft.draft.Rejection.RecipientNotMember;
import dev.ringdraft.draft.Rejection.RequestUnknown;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.draft.Rejection.TurnNotOver;
import dev.ringdraft.wire.WireName;

/** Which problem each outcome is that is no commit. */
public final class OutcomeProblems {
  private OutcomeProblems() {}

  /**
   * The commit that the command led to.
   *
   * @throws ProblemException when it led to none
   */
  public static Committed committed(Outcome outcome) {
    return switch (outcome) {
      case Committed committed -> committed;
      case Refused refused -> throw new ProblemException(problem(refused.rejection()));
      case KeyReused reused ->
          throw new ProblemException(
              Problem.of(
                  ProblemCode.IDEMPOTENCY_KEY_REUSED,
                  "this idempotency key was sent with another request before"));
      case PreconditionFailed moved ->
          throw new ProblemException(
              Problem.of(ProblemCode.REVISION_MOVED, "the draft is at none of the versions named")
                  .with("revision", moved.current().revision())
                  .with("epoch", moved.current().epoch().value()));
      case Contended contended ->
          throw new ProblemException(
              Problem.of(
                  ProblemCode.CONTENDED,
                  "others changed the draft at the same moment; sending this again helps"));
    };
  }

  private static Problem problem(Rejection rejection) {
    return switch (rejection) {
      case DraftUnknown unknown -> Problem.notFound();
      case CollaboratorUnknown unknown -> Problem.notFound();
      case FieldsInvalid invalid -> Problem.invalid(invalid.errors());
      case CreatorRequired required ->
          Problem.of(ProblemCode.FORBIDDEN, "only the creator of the draft may do this");
      case RingNotHeld notHeld ->
          Problem.of(ProblemCode.RING_REQUIRED, notHeld.holder() + " holds the ring")
              .with("holder", notHeld.holder().value());
      case RingMoved moved ->
          Problem.of(
                  ProblemCode.RING_MOVED,
                  "it is term %d, and %s holds the ring".formatted(moved.term(), moved.holder()))
              .with("holder", moved.holder().value())
              .with("term", moved.term());
      case DraftNotActive inactive ->
          Problem.of(ProblemCode.DRAFT_NOT_ACTIVE, "the draft is " + WireName.of(inactive.status()))
              .with("draft_status", WireName.of(inactive.status()));
      case AlreadyMember member ->
          Problem.of(ProblemCode.ALREADY_MEMBER, member.user() + " is a member of the draft")
              .with("user_id", member.user().value());
      case RecipientNotMember stranger ->
          Problem.of(ProblemCode.NOT_A_MEMBER, stranger.recipient() + " is no member of the draft")
              .with("user_id", stranger.recipient().value());
      case RecipientCannotWrite viewer ->
          Problem.of(ProblemCode.RECIPIENT_CANNOT_WRITE, viewer.recipient() + " is a viewer")
              .with("user_id", viewer.recipient().value());
      case AlreadyHolder already ->
          Problem.of(ProblemCode.ALREADY_HOLDER, already.holder() + " holds the ring")
              .with("holder", already.holder().value());
      case AlreadyRequested already ->
          Problem.of(ProblemCode.ALREADY_REQUESTED, already.user() + " waits for the ring already")
              .with("user_id", already.user().value());
      case RequestUnknown unknown -> Problem.notFound();
      case NobodyEligible nobody ->
          Problem.of(
              ProblemCode.NOBODY_ELIGIBLE, "all others are away, or may only read the draft");
      case TurnNotOver running ->
          Problem.of(ProblemCode.CONTENDED, "the turn has not reached its deadline");
      case CreatorStays stays ->
          Problem.of(
              ProblemCode.CREATOR_STAYS,
              "the creator can be neither removed nor leave, and stays a contributor");
      case DraftFull full ->
          Problem.of(
                  ProblemCode.DRAFT_FULL,
                  "the draft has %d %s (expected: 0..%d)"
                      .formatted(full.limit(), full.what(), full.limit()))
              .with("what", full.what())
              .with("limit", full.limit());
    };
  }
}
