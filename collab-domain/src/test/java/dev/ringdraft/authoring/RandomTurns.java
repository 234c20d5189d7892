package dev.ringdraft.authoring;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftCommand;
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
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes random commands of people who write by turns. Most come from whom they could come from, as
 * the draft is now.
 *
 * @param now when the command comes
 */
record RandomTurns(Random random, List<UserId> people, Draft draft, Instant now) {
  /** A policy with a limit, most of the time, and few segments. */
  static TurnPolicy policy(Random random) {
    return new TurnPolicy(
        List.of(TurnOrder.values()).get(random.nextInt(4)),
        random.nextInt(5) == 0 ? null : List.of(10, 10, 15, 30, 60).get(random.nextInt(5)),
        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null,
        random.nextInt(4) == 0 ? null : 1 + random.nextInt(3));
  }

  DraftCommand command() {
    int kind = random.nextInt(100);
    if (kind < 22) {
      return append(mostly(holder()));
    }
    if (kind < 28) {
      return new PassRing(mostly(holder()), now, mostlyWriter(), term());
    }
    if (kind < 37) {
      return new PassRing(mostly(holder()), now, null, term());
    }
    if (kind < 52) {
      return new RequestRing(somebody(), now);
    }
    if (kind < 57) {
      UserId user = mostlyWaiting();
      return new RemoveRingRequest(random.nextBoolean() ? user : mostly(holder()), now, user);
    }
    if (kind < 61) {
      return new RevokeRing(
          mostly(creator()), now, random.nextBoolean() ? null : mostlyWriter(), term());
    }
    if (kind < 68) {
      Role role = random.nextInt(5) > 0 ? Role.CONTRIBUTOR : Role.VIEWER;
      return new AddCollaborator(mostly(creator()), now, somebody(), role);
    }
    if (kind < 72) {
      UserId user = somebody();
      return new RemoveCollaborator(random.nextBoolean() ? user : creator(), now, user);
    }
    if (kind < 86) {
      return update(somebody());
    }
    return new UpdateDraft(mostly(creator()), now, change());
  }

  /** Another command of the same actor. */
  DraftCommand commandOf(DraftCommand first) {
    return append(first.actor());
  }

  /** The same command, as it comes when it is sent again. */
  DraftCommand again(DraftCommand first) {
    return switch (first) {
      case AppendSegment c ->
          new AppendSegment(
              c.actor(), now, new NewSegment(segmentId(), c.segment().content()), c.ringTerm());
      case PassRing c -> new PassRing(c.actor(), now, c.to(), c.ringTerm());
      case RevokeRing c -> new RevokeRing(c.actor(), now, c.to(), c.ringTerm());
      case RequestRing c -> new RequestRing(c.actor(), now);
      case RemoveRingRequest c -> new RemoveRingRequest(c.actor(), now, c.user());
      case TimeOutTurn c -> new TimeOutTurn(now, c.term());
      case AddCollaborator c -> new AddCollaborator(c.actor(), now, c.user(), c.role());
      case RemoveCollaborator c -> new RemoveCollaborator(c.actor(), now, c.user());
      case UpdateCollaborator c -> new UpdateCollaborator(c.actor(), now, c.user(), c.change());
      case UpdateDraft c -> new UpdateDraft(c.actor(), now, c.change());
    };
  }

  private AppendSegment append(UserId actor) {
    return new AppendSegment(actor, now, new NewSegment(segmentId(), "words"), term());
  }

  private SegmentId segmentId() {
    return new SegmentId("s-" + random.nextInt(1_000_000));
  }

  private UpdateCollaborator update(UserId user) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new UpdateCollaborator(
              mostly(creator()),
              now,
              user,
              MemberChange.role(random.nextInt(3) > 0 ? Role.CONTRIBUTOR : Role.VIEWER));
      case 1 -> new UpdateCollaborator(user, now, user, MemberChange.away(true));
      default ->
          new UpdateCollaborator(
              random.nextBoolean() ? user : creator(),
              now,
              user,
              MemberChange.away(random.nextInt(3) == 0));
    };
  }

  private DraftChange change() {
    return switch (random.nextInt(8)) {
      case 0 -> DraftChange.status(DraftStatus.LOCKED);
      case 1, 2, 3, 4 -> DraftChange.status(DraftStatus.ACTIVE);
      case 5, 6 -> DraftChange.turnPolicy(policy(random));
      default ->
          random.nextInt(200) == 0
              ? DraftChange.status(DraftStatus.COMPLETED)
              : DraftChange.title("Title " + random.nextInt(9));
    };
  }

  private UserId creator() {
    return draft.members().creator();
  }

  private UserId holder() {
    return draft.ring().holder();
  }

  private UserId somebody() {
    return people.get(random.nextInt(people.size()));
  }

  private UserId mostly(UserId likely) {
    return random.nextInt(8) > 0 ? likely : somebody();
  }

  private UserId mostlyWriter() {
    List<UserId> writers = people.stream().filter(draft.members()::canWrite).toList();
    return random.nextInt(6) > 0 ? writers.get(random.nextInt(writers.size())) : somebody();
  }

  private UserId mostlyWaiting() {
    List<RingRequest> requests = draft.turns().requests();
    return requests.isEmpty() || random.nextInt(6) == 0
        ? somebody()
        : requests.get(random.nextInt(requests.size())).user();
  }

  private @Nullable Long term() {
    long term = draft.ring().term();
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> Long.valueOf(term);
      case 4, 5 -> Long.valueOf(term - 1 - random.nextInt(2));
      default -> null;
    };
  }
}
