package dev.ringdraft.turn;

import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a draft's turns: the policy, the present turn, the queue of requests and each
 * member's attendance. Immutable. A segment changes nothing in it, so that an append costs no more
 * in a draft with a policy.
 *
 * @param startedAt when the present turn began; anew when the draft became active again
 * @param firstPosition the position of the first segment that is written in the present turn
 * @param requests the queue, oldest first; never holds the ring's holder
 * @param attendance of the members for whom it is not {@link Attendance#NONE}
 */
public record Turns(
    TurnPolicy policy,
    Instant startedAt,
    int firstPosition,
    List<RingRequest> requests,
    Map<UserId, Attendance> attendance) {
  public Turns {
    requests = List.copyOf(requests);
    attendance = Map.copyOf(attendance);
  }

  /** The turns of a new draft: its creator's first has begun. */
  public static Turns startedBy(UserId creator, Instant at, TurnPolicy policy) {
    return new Turns(
        policy, at, 0, List.of(), Map.of(creator, Attendance.NONE.inTerm(Ring.FIRST_TERM)));
  }

  /** When the present turn times out; null for never. */
  public @Nullable Instant deadline() {
    return policy.deadlineFrom(startedAt);
  }

  public boolean isAway(UserId user) {
    return attendanceOf(user).away();
  }

  public Attendance attendanceOf(UserId user) {
    return attendance.getOrDefault(user, Attendance.NONE);
  }

  /** The members who are away. */
  public List<UserId> away() {
    return attendance.entrySet().stream()
        .filter(each -> each.getValue().away())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The place of the user's request in the queue, from 0; -1 without a request. */
  public int placeOf(UserId user) {
    return IntStream.range(0, requests.size())
        .filter(i -> requests.get(i).user().equals(user))
        .findFirst()
        .orElse(-1);
  }

  /**
   * The state after the present turn ended: a missed turn is counted, and a turn with a segment or
   * a pass ends the row of missed ones. A turn that others ended before its deadline does neither.
   *
   * @param segmentCount of the draft
   */
  public Turns ended(UserId holder, PassReason reason, int segmentCount) {
    boolean wrote = segmentCount > firstPosition;
    boolean missed = reason == PassReason.TIMED_OUT && !wrote;
    return missed || wrote || reason == PassReason.PASSED
        ? with(holder, attendanceOf(holder).afterTurn(missed))
        : this;
  }

  /** The state when the next turn begins; it grants the holder's request. */
  public Turns begun(Ring next, Instant at, int segmentCount) {
    Turns granted = withoutRequest(next.holder());
    return new Turns(policy, at, segmentCount, granted.requests, granted.attendance)
        .with(next.holder(), attendanceOf(next.holder()).inTerm(next.term()));
  }

  /** The state when the draft is active again: the present turn starts anew. */
  public Turns restarted(Instant at) {
    return new Turns(policy, at, firstPosition, requests, attendance);
  }

  /** The state under another policy, which holds for the present turn, too. */
  public Turns under(TurnPolicy other) {
    return new Turns(other, startedAt, firstPosition, requests, attendance);
  }

  /**
   * The state with one more request, at the end of the queue.
   *
   * @throws IllegalArgumentException when the user's request waits already
   */
  public Turns requested(RingRequest request) {
    if (placeOf(request.user()) >= 0) {
      throw new IllegalArgumentException(request.user() + " has requested the ring already");
    }
    List<RingRequest> more = new ArrayList<>(requests);
    more.add(request);
    return queue(more);
  }

  /** The state without the user's request, if there is one. */
  public Turns withoutRequest(UserId user) {
    return placeOf(user) < 0
        ? this
        : queue(requests.stream().filter(each -> !each.user().equals(user)).toList());
  }

  /** The state after a member went away or came back. */
  public Turns withAway(UserId user, boolean away) {
    return with(user, attendanceOf(user).away(away));
  }

  /** The state after somebody ceased to be a member. */
  public Turns without(UserId user) {
    return withoutRequest(user).with(user, Attendance.NONE);
  }

  private Turns queue(List<RingRequest> others) {
    return new Turns(policy, startedAt, firstPosition, others, attendance);
  }

  private Turns with(UserId user, Attendance changed) {
    if (changed.equals(attendanceOf(user))) {
      return this;
    }
    Map<UserId, Attendance> all = new HashMap<>(attendance);
    if (changed.equals(Attendance.NONE)) {
      all.remove(user);
    } else {
      all.put(user, changed);
    }
    return new Turns(policy, startedAt, firstPosition, requests, all);
  }
}
