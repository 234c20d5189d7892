package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.draft.Decision.Accepted;
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
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries every sequence of commands of three members, of the timer and of the clock, the short ones
 * first, and asserts T1 to T6 after each command: see {@link TurnAudit}. Drafts that can only go on
 * alike are tried once: those whose members, roles, absences, queue, holder, order of last terms,
 * status, policy and segments of the turn are equal, and whose turns are both overdue or both not.
 *
 * <p>Sequences that are repeated under one key (T7) and old histories (T8) are for other tests.
 */
final class AllTurnSequences {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final DraftLimits LIMITS = DraftLimits.defaults();
  private static final List<UserId> MEMBERS = List.of(ANA, BEN, CLEO);
  private static final List<Move> MOVES = moves();

  /** One thing that may happen next. */
  private sealed interface Move {}

  /** So much time passes that the present turn is overdue, if it has a limit. */
  private record Wait() implements Move {}

  /** Somebody sends this command. */
  private record Send(Template template) implements Move {}

  /** A command, but for when it comes and for which turn. */
  @FunctionalInterface
  private interface Template {
    DraftCommand in(long term, Instant now);
  }

  /** A draft that a sequence has led to. */
  private record Scene(
      Draft draft, TurnAudit audit, Instant now, @Nullable Scene before, int move) {
    List<Integer> path() {
      List<Integer> path = new ArrayList<>();
      for (Scene scene = this; scene.before != null; scene = scene.before) {
        path.add(scene.move);
      }
      Collections.reverse(path);
      return path;
    }
  }

  private final TurnPolicy policy;
  private final UnaryOperator<Draft> seen;
  private final Set<List<Object>> tried = new HashSet<>();
  private int decisions;

  private AllTurnSequences(TurnOrder order, UnaryOperator<Draft> seen) {
    policy = policyOf(order);
    this.seen = seen;
  }

  /**
   * Tries all of up to so many steps.
   *
   * @param seen the draft as the rules see it; a planted fault shows them another
   * @return how many drafts and how many decisions there were
   * @throws AssertionError when a rule does not hold, with one of the shortest sequences
   */
  static String upTo(int depth, TurnOrder order, UnaryOperator<Draft> seen) {
    AllTurnSequences all = new AllTurnSequences(order, seen);
    List<Scene> scenes = List.of(all.beginning());
    for (int step = 0; step < depth; step++) {
      List<Scene> next = new ArrayList<>();
      for (Scene scene : scenes) {
        all.follow(scene, next);
      }
      scenes = next;
    }
    return "%s: %d drafts, %d decisions".formatted(order, all.tried.size(), all.decisions);
  }

  /** Plays one sequence and returns what happened. */
  static String play(TurnOrder order, List<Integer> path, UnaryOperator<Draft> seen) {
    AllTurnSequences all = new AllTurnSequences(order, seen);
    Scene scene = all.beginning();
    StringBuilder story = new StringBuilder();
    for (int move : path) {
      story.append(all.described(scene, move)).append(System.lineSeparator());
      Scene next = all.after(scene, move);
      scene = next == null ? scene : next;
    }
    return story.toString();
  }

  private Scene beginning() {
    DraftCreated created = new DraftCreated(ANA, NOW, Cast.TITLE, null, policy);
    Draft draft = Draft.startedBy(created);
    TurnAudit audit = TurnAudit.of(created, NOW);
    for (UserId user : List.of(BEN, CLEO)) {
      AddCollaborator add = new AddCollaborator(ANA, NOW, user, Role.CONTRIBUTOR);
      CollaboratorAdded added = new CollaboratorAdded(ANA, NOW, user, Role.CONTRIBUTOR);
      draft = draft.evolve(added);
      audit.commit(add, List.of(added), NOW);
    }
    Scene beginning = new Scene(draft, audit, NOW, null, -1);
    tried.add(audit.essence(NOW));
    return beginning;
  }

  private void follow(Scene scene, List<Scene> next) {
    for (int move = 0; move < MOVES.size(); move++) {
      Scene after;
      try {
        after = after(scene, move);
      } catch (AssertionError | RuntimeException failed) {
        throw found(scene, move, failed);
      }
      if (after != null && tried.add(after.audit().essence(after.now()))) {
        next.add(after);
      }
    }
  }

  private AssertionError found(Scene scene, int move, Throwable failed) {
    List<Integer> path = scene.path();
    path.add(move);
    StringBuilder story = new StringBuilder();
    List<Scene> scenes = new ArrayList<>();
    for (Scene each = scene; each.before() != null; each = each.before()) {
      scenes.add(each);
    }
    for (Scene each : scenes.reversed()) {
      story.append(described(each.before(), each.move())).append(System.lineSeparator());
    }
    story.append(described(scene, move));
    return new AssertionError(
        "%s%n-Dringdraft.turn.path=%s:%s plays these %d steps again:%n%s"
            .formatted(
                failed.getMessage(),
                policy.order(),
                path.stream().map(String::valueOf).collect(Collectors.joining(".")),
                path.size(),
                story),
        failed);
  }

  private String described(@Nullable Scene scene, int move) {
    if (scene == null || !(MOVES.get(move) instanceof Send send)) {
      return LIMIT + " pass";
    }
    DraftCommand command = send.template().in(scene.audit().term(), scene.now());
    return command + " -> " + seen.apply(scene.draft()).decide(command, LIMITS);
  }

  /** The scene after the move; null when nothing changes. */
  private @Nullable Scene after(Scene scene, int move) {
    if (!(MOVES.get(move) instanceof Send send)) {
      return new Scene(scene.draft(), scene.audit(), scene.now().plus(LIMIT), scene, move);
    }
    DraftCommand command = send.template().in(scene.audit().term(), scene.now());
    Decision decision = seen.apply(scene.draft()).decide(command, LIMITS);
    decisions++;
    if (command instanceof TimeOutTurn timeOut && timeOut.term() == scene.audit().term()) {
      Instant due = scene.audit().dueAt();
      assertEquals(
          due != null && !due.isAfter(scene.now()),
          decision instanceof Accepted,
          "T2: a turn is over when it is overdue and somebody is eligible");
    }
    return switch (decision) {
      case Rejected rejected -> null;
      case Accepted accepted -> accepted(scene, move, command, accepted.events());
    };
  }

  private Scene accepted(Scene scene, int move, DraftCommand command, List<DraftEvent> events) {
    TurnAudit audit = scene.audit().copy();
    audit.commit(command, events, scene.now());
    Draft draft = scene.draft();
    for (DraftEvent event : events) {
      draft = draft.evolve(event);
    }
    audit.assertAgrees(draft);
    if (command instanceof TimeOutTurn timeOut) {
      Rejected again = assertInstanceOf(Rejected.class, draft.decide(timeOut, LIMITS), "T2: twice");
      assertInstanceOf(RingMoved.class, again.rejection(), "T2: twice");
    }
    return new Scene(draft, audit, scene.now(), scene, move);
  }

  private static TurnPolicy policyOf(TurnOrder order) {
    return TurnPolicy.defaults().in(order).lasting(LIMIT).ofSegments(2).awayAfter(1);
  }

  private static List<Move> moves() {
    List<Move> all = new ArrayList<>();
    all.add(new Wait());
    send(all, (term, now) -> new TimeOutTurn(now, term));
    send(all, (term, now) -> new TimeOutTurn(now, term - 1));
    for (UserId user : MEMBERS) {
      send(all, (term, now) -> append(user, now, null));
      send(all, (term, now) -> append(user, now, term - 1));
      send(all, (term, now) -> new PassRing(user, now, null, null));
      send(all, (term, now) -> new RequestRing(user, now));
      send(all, (term, now) -> new UpdateCollaborator(user, now, user, MemberChange.away(true)));
      send(all, (term, now) -> new UpdateCollaborator(user, now, user, MemberChange.away(false)));
      for (UserId other : MEMBERS) {
        send(all, (term, now) -> new PassRing(user, now, other, term));
        send(all, (term, now) -> new RemoveRingRequest(user, now, other));
      }
      send(all, (term, now) -> new RevokeRing(ANA, now, user, null));
      send(all, (term, now) -> new RevokeRing(ANA, now, user, term - 1));
    }
    for (UserId user : List.of(BEN, CLEO)) {
      send(all, (term, now) -> new RevokeRing(user, now, null, null));
      send(all, (term, now) -> new RemoveCollaborator(user, now, user));
      for (Role role : Role.values()) {
        send(all, (term, now) -> new AddCollaborator(ANA, now, user, role));
        send(all, (term, now) -> new UpdateCollaborator(ANA, now, user, MemberChange.role(role)));
      }
    }
    for (DraftStatus status : DraftStatus.values()) {
      send(all, (term, now) -> new UpdateDraft(ANA, now, DraftChange.status(status)));
    }
    for (TurnPolicy other :
        List.of(
            policyOf(TurnOrder.ROUND_ROBIN),
            policyOf(TurnOrder.REQUESTS_FIRST).ofSegments(1).awayAfter(null))) {
      send(all, (term, now) -> new UpdateDraft(ANA, now, DraftChange.turnPolicy(other)));
    }
    return List.copyOf(all);
  }

  private static void send(List<Move> all, Template template) {
    all.add(new Send(template));
  }

  private static AppendSegment append(UserId user, Instant now, @Nullable Long term) {
    return new AppendSegment(user, now, new NewSegment(new SegmentId("s"), "words"), term);
  }
}
