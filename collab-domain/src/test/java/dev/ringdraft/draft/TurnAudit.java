package dev.ringdraft.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RequestRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a draft's commits and asserts the rules of turns, T1 to T6. It knows the events and
 * the commands that led to them, and says the rules once more in other words than the domain's. T7
 * and T8 are for those who send the commands and keep the history. For one thread.
 */
public final class TurnAudit {
  private final UserId creator;
  private final Map<UserId, Role> members = new LinkedHashMap<>();
  private final Set<UserId> away = new HashSet<>();
  private final List<UserId> queue = new ArrayList<>();
  private final Map<UserId, Long> lastTerms = new HashMap<>();
  private final Map<UserId, Integer> missed = new HashMap<>();

  /**
   * Who has had a turn since another's last one: the others wait for theirs. Only of those who
   * might have had a turn all the time, and only since a member last chose who is next.
   */
  private final Map<UserId, Set<UserId>> passedBy = new HashMap<>();

  private TurnPolicy policy;
  private DraftStatus status = DraftStatus.ACTIVE;
  private UserId holder;
  private long term = 1;
  private int written;
  private Instant startedAt;
  private Instant startSeen;
  private @Nullable UserId toGoAway;

  private TurnAudit(DraftCreated created, Instant now) {
    creator = created.actor();
    holder = creator;
    policy = policyOf(created.turnPolicy());
    members.put(creator, Role.CONTRIBUTOR);
    lastTerms.put(creator, 1L);
    startedAt = created.at();
    startSeen = now;
  }

  private TurnAudit(TurnAudit other) {
    creator = other.creator;
    members.putAll(other.members);
    away.addAll(other.away);
    queue.addAll(other.queue);
    lastTerms.putAll(other.lastTerms);
    missed.putAll(other.missed);
    other.passedBy.forEach((user, waiting) -> passedBy.put(user, new HashSet<>(waiting)));
    policy = other.policy;
    status = other.status;
    holder = other.holder;
    term = other.term;
    written = other.written;
    startedAt = other.startedAt;
    startSeen = other.startSeen;
  }

  /**
   * An audit that begins with a draft.
   *
   * @param now by the clock that counts
   */
  public static TurnAudit of(DraftCreated created, Instant now) {
    return new TurnAudit(created, now);
  }

  /** An audit that has seen the same and goes on by itself. */
  public TurnAudit copy() {
    return new TurnAudit(this);
  }

  /**
   * Reads the next commit.
   *
   * @param command that led to it, as its sender meant it
   * @param now when it was made, by the clock that counts
   * @throws AssertionError when a rule does not hold; its message begins with the rule
   */
  public void commit(DraftCommand command, List<DraftEvent> events, Instant now) {
    Long meant = termOf(command);
    assertTrue(
        meant == null || meant == term,
        () -> "T6: made for turn " + meant + ", carried out in turn " + term);
    for (DraftEvent event : events) {
      read(command, event, now);
      assertEquals(events.getFirst().at(), event.at(), "events of one commit differ in time");
      assertEquals(Role.CONTRIBUTOR, members.get(holder), "T1: the holder may not write");
      assertFalse(queue.contains(holder), "T4: the holder waits for the ring");
    }
    assertNull(toGoAway, "missed: as many turns as the policy allows, and not away");
    if (isActing(command)) {
      assertFalse(away.contains(command.actor()), "T5: who acts is away");
    }
  }

  /** When the present turn has to end; null without a limit and while nobody could be next. */
  public @Nullable Instant dueAt() {
    Integer limit = policy.maxSeconds();
    return limit == null || status != DraftStatus.ACTIVE || eligible().isEmpty()
        ? null
        : startedAt.plusSeconds(limit);
  }

  /** Asserts that the draft is what its events say. */
  public void assertAgrees(Draft draft) {
    assertEquals(holder, draft.ring().holder(), "T8: another holder");
    assertEquals(term, draft.ring().term(), "T8: another term");
    assertEquals(status, draft.status(), "T8: another status");
    assertEquals(
        new ArrayList<>(members.keySet()), draft.members().inJoiningOrder(), "T8: members");
    assertEquals(policy, draft.turns().policy(), "T8: another policy");
    assertEquals(written, draft.turnSegments(), "T8: another number of segments in this turn");
    assertEquals(
        queue, draft.turns().requests().stream().map(RingRequest::user).toList(), "T4: the queue");
    assertEquals(away, Set.copyOf(draft.turns().away()), "T8: others are away");
    for (UserId member : members.keySet()) {
      assertEquals(
          missed.getOrDefault(member, 0),
          draft.turns().attendanceOf(member).missed(),
          () -> "missed: another number of " + member);
    }
    assertEquals(dueAt(), draft.timesOutAt(), "T2: another deadline");
  }

  /**
   * All that decides on how a draft may go on, and nothing that doesn't: terms as their order, the
   * present turn as overdue or not.
   */
  public List<Object> essence(Instant now) {
    List<Long> terms = lastTerms.values().stream().sorted().toList();
    List<Object> attendance = new ArrayList<>();
    for (Map.Entry<UserId, Role> member : members.entrySet()) {
      UserId user = member.getKey();
      attendance.add(
          List.of(
              user,
              member.getValue(),
              away.contains(user),
              Math.min(missed.getOrDefault(user, 0), TurnPolicy.MAX_MISSED),
              terms.indexOf(lastTerms.getOrDefault(user, 0L)),
              Set.copyOf(passedBy.getOrDefault(user, Set.of()))));
    }
    Integer limit = policy.maxSeconds();
    return List.of(
        attendance,
        holder,
        status,
        policy,
        written,
        List.copyOf(queue),
        limit != null && !now.isBefore(startedAt.plusSeconds(limit)));
  }

  public long term() {
    return term;
  }

  public UserId holder() {
    return holder;
  }

  private void read(DraftCommand command, DraftEvent event, Instant now) {
    switch (event) {
      case DraftCreated again -> throw new AssertionError("T8: created twice");
      case SegmentAdded added -> {
        assertEquals(holder, added.actor(), "T1: written without the ring");
        assertEquals(DraftStatus.ACTIVE, status, "T1: written while the ring rests");
        written++;
      }
      case RingPassed passed -> pass(command, passed, now);
      case RingRequested requested -> {
        assertEquals(
            Role.CONTRIBUTOR, members.get(requested.actor()), "T4: a request by who may not write");
        assertFalse(queue.contains(requested.actor()), "T4: two requests of one member");
        queue.add(requested.actor());
      }
      case RingRequestRemoved removed ->
          assertTrue(queue.remove(removed.user()), "T4: a request was removed that did not wait");
      case CollaboratorAdded added ->
          assertNull(members.put(added.user(), added.role()), "T8: added twice");
      case CollaboratorRemoved removed -> {
        assertNotNull(members.remove(removed.user()), "T8: removed who is no member");
        queue.remove(removed.user());
        away.remove(removed.user());
        missed.remove(removed.user());
        lastTerms.remove(removed.user());
        interrupt(removed.user());
      }
      case CollaboratorUpdated updated -> update(updated);
      case DraftUpdated updated -> update(updated, now);
    }
  }

  private void update(CollaboratorUpdated updated) {
    UserId user = updated.user();
    assertTrue(members.containsKey(user), "T8: updated who is no member");
    Role role = updated.change().role();
    if (role != null) {
      members.put(user, role);
    }
    if (role == Role.VIEWER) {
      queue.remove(user);
      interrupt(user);
    }
    if (updated.reason() == UpdateReason.MISSED_TURNS) {
      assertEquals(toGoAway, user, "missed: fewer turns than the policy allows, and away");
      toGoAway = null;
    }
    if (updated.reason() == UpdateReason.ACTIVE_AGAIN) {
      assertTrue(away.contains(user), "T5: back without having been away");
    }
    if (Boolean.TRUE.equals(updated.change().away())) {
      away.add(user);
      interrupt(user);
    } else if (updated.change().away() != null) {
      away.remove(user);
      missed.remove(user);
    }
  }

  private void update(DraftUpdated updated, Instant now) {
    DraftStatus next = updated.change().status();
    if (next == DraftStatus.ACTIVE && status != DraftStatus.ACTIVE) {
      startedAt = updated.at();
      startSeen = now;
    }
    status = next == null ? status : next;
    TurnPolicy other = updated.change().turnPolicy();
    if (other != null && !other.equals(policy)) {
      policy = other;
      beginCircle();
    }
  }

  private void pass(DraftCommand command, RingPassed passed, Instant now) {
    UserId to = passed.to();
    assertEquals(holder, passed.from(), "T1: passed without holding");
    assertNotEquals(holder, to, "T1: passed to the holder");
    assertEquals(term + 1, passed.term(), "T1: a term is missing or doubled");
    assertEquals(Role.CONTRIBUTOR, members.get(to), "T4: granted to who may not write");
    boolean chosen = assertMayEnd(command, passed, now);
    if (chosen) {
      assertIsNext(passed);
    }
    endTurn(passed.reason());
    holder = to;
    term = passed.term();
    written = 0;
    startedAt = passed.at();
    startSeen = now;
    queue.remove(to);
    lastTerms.put(to, term);
    if (chosen) {
      assertIsNobodyPassedBy(to);
      noteTurn();
    } else {
      beginCircle();
    }
    Integer limit = policy.maxSeconds();
    assertEquals(
        limit == null || status != DraftStatus.ACTIVE ? null : passed.at().plusSeconds(limit),
        passed.turnEndsAt(),
        "T2: another end of the turn");
  }

  /** Returns whether the server chose who is next. */
  private boolean assertMayEnd(DraftCommand command, RingPassed passed, Instant now) {
    if (passed.reason() != PassReason.RETURNED) {
      assertEquals(DraftStatus.ACTIVE, status, "T1: passed while the ring rests");
    }
    return switch (passed.reason()) {
      case PASSED -> {
        assertEquals(holder, passed.actor(), "T1: passed by another");
        yield command instanceof PassRing pass && pass.to() == null;
      }
      case RETURNED -> true;
      case REVOKED -> {
        assertEquals(creator, passed.actor(), "T1: revoked by another");
        yield false;
      }
      case TURN_COMPLETE -> {
        assertEquals(holder, passed.actor(), "T1: completed by another");
        Integer limit = policy.maxSegments();
        assertTrue(limit != null && written >= limit, "T1: the turn is not complete");
        yield true;
      }
      case TIMED_OUT -> {
        assertEquals(UserId.TIMER, passed.actor(), "T2: timed out by a member");
        Integer limit = policy.maxSeconds();
        assertNotNull(limit, "T2: a turn without a limit timed out");
        assertFalse(
            passed.at().isBefore(startedAt.plusSeconds(limit)),
            "T2: timed out before the deadline");
        assertFalse(
            now.isBefore(startSeen.plusSeconds(limit)),
            () -> "T2: timed out early by the clock that counts, turn " + term);
        yield true;
      }
    };
  }

  private void endTurn(PassReason reason) {
    if (reason != PassReason.TIMED_OUT || written > 0) {
      if (written > 0 || reason == PassReason.PASSED) {
        missed.remove(holder);
      }
      return;
    }
    int inRow = missed.merge(holder, 1, Integer::sum);
    Integer allowed = policy.awayAfterMissed();
    if (allowed != null && inRow >= allowed && !away.contains(holder)) {
      toGoAway = holder;
    }
  }

  private void assertIsNext(RingPassed passed) {
    UserId to = passed.to();
    Set<UserId> eligible = eligible();
    if (eligible.isEmpty()) {
      assertEquals(PassReason.RETURNED, passed.reason(), "T2: ended though nobody is eligible");
      assertEquals(creator, to, "T1: returned to another than the creator");
      return;
    }
    assertTrue(eligible.contains(to), () -> "eligible: passed to " + to + ", who is not");
    UserId asked = queue.stream().filter(eligible::contains).findFirst().orElse(null);
    TurnOrder order = policy.order();
    if (order == TurnOrder.ROUND_ROBIN) {
      List<UserId> round = new ArrayList<>(members.keySet());
      Collections.rotate(round, -round.indexOf(holder));
      List<UserId> between = round.subList(1, round.indexOf(to));
      assertTrue(
          Collections.disjoint(between, eligible), () -> "T3: " + to + " came before " + between);
    } else if (order != TurnOrder.LEAST_RECENT && asked != null) {
      assertEquals(asked, to, "T4: a younger request came before an older one");
    } else if (order == TurnOrder.MANUAL && eligible.contains(creator)) {
      assertEquals(creator, to, "next: the creator was passed over");
    } else {
      long last = lastTerms.getOrDefault(to, 0L);
      for (UserId other : eligible) {
        long others = lastTerms.getOrDefault(other, 0L);
        assertTrue(
            others > last || (others == last && joinedNoLater(to, other)),
            () -> "next: " + other + " waits longer than " + to);
      }
    }
  }

  private boolean joinedNoLater(UserId one, UserId other) {
    List<UserId> joined = new ArrayList<>(members.keySet());
    return joined.indexOf(one) <= joined.indexOf(other);
  }

  private Set<UserId> eligible() {
    Set<UserId> eligible = new LinkedHashSet<>();
    for (UserId user : members.keySet()) {
      if (isThere(user) && !user.equals(holder)) {
        eligible.add(user);
      }
    }
    return eligible;
  }

  private boolean isThere(UserId user) {
    return members.get(user) == Role.CONTRIBUTOR && !away.contains(user);
  }

  /** T3, and as true of the order that takes the least recent. */
  private void assertIsNobodyPassedBy(UserId next) {
    if (policy.order() == TurnOrder.ROUND_ROBIN || policy.order() == TurnOrder.LEAST_RECENT) {
      Set<UserId> waiting = passedBy.getOrDefault(next, Set.of());
      assertTrue(waiting.isEmpty(), () -> "T3: " + next + " again, before " + waiting);
    }
  }

  /** The holder's turn began: those who are there wait from now on, the holder no more. */
  private void noteTurn() {
    passedBy.values().forEach(waiting -> waiting.remove(holder));
    Set<UserId> waiting = passedBy.computeIfAbsent(holder, user -> new HashSet<>());
    if (isThere(holder)) {
      waiting.addAll(eligible());
    }
    passedBy.values().removeIf(Set::isEmpty);
  }

  /** A member chose who is next, or the policy is another: turns are counted from here. */
  private void beginCircle() {
    passedBy.clear();
    noteTurn();
  }

  /** The user could not get the ring for a while. */
  private void interrupt(UserId user) {
    passedBy.remove(user);
    passedBy.values().forEach(waiting -> waiting.remove(user));
    passedBy.values().removeIf(Set::isEmpty);
  }

  private static boolean isActing(DraftCommand command) {
    return command instanceof AppendSegment
        || command instanceof PassRing
        || command instanceof RequestRing
        || command instanceof RevokeRing;
  }

  private static @Nullable Long termOf(DraftCommand command) {
    return switch (command) {
      case AppendSegment append -> append.ringTerm();
      case PassRing pass -> pass.ringTerm();
      case RevokeRing revoke -> revoke.ringTerm();
      case TimeOutTurn timeOut -> timeOut.term();
      case DraftCommand other -> null;
    };
  }

  private static TurnPolicy policyOf(@Nullable TurnPolicy given) {
    return Objects.requireNonNullElseGet(given, TurnPolicy::defaults);
  }
}
