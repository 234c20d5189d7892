package dev.ringdraft.turn;

import dev.ringdraft.member.Members;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Chooses who gets the ring where no member chooses: among those who are eligible, by the policy's
 * order. Eligible is who may write, is not away and does not hold the ring.
 */
public final class NextHolder {
  private NextHolder() {}

  /**
   * The next holder; empty when nobody is eligible.
   *
   * @param members in the order in which they joined
   */
  public static Optional<UserId> of(Members members, Ring ring, Turns turns) {
    List<UserId> all = new ArrayList<>(members.inJoiningOrder());
    Predicate<UserId> eligible =
        user -> members.canWrite(user) && !turns.isAway(user) && !ring.isHeldBy(user);
    return switch (turns.policy().order()) {
      case MANUAL ->
          oldestRequest(turns, eligible)
              .or(() -> Optional.of(members.creator()).filter(eligible))
              .or(() -> leastRecent(all, turns, eligible));
      case ROUND_ROBIN -> firstAfter(ring.holder(), all, eligible);
      case LEAST_RECENT -> leastRecent(all, turns, eligible);
      case REQUESTS_FIRST ->
          oldestRequest(turns, eligible).or(() -> leastRecent(all, turns, eligible));
    };
  }

  private static Optional<UserId> oldestRequest(Turns turns, Predicate<UserId> eligible) {
    return turns.requests().stream().map(RingRequest::user).filter(eligible).findFirst();
  }

  private static Optional<UserId> firstAfter(
      UserId holder, List<UserId> all, Predicate<UserId> eligible) {
    Collections.rotate(all, -all.indexOf(holder));
    return all.stream().filter(eligible).findFirst();
  }

  /** Of those with the same term, which is none, the first to join: {@code min} is stable. */
  private static Optional<UserId> leastRecent(
      List<UserId> all, Turns turns, Predicate<UserId> eligible) {
    Stream<UserId> candidates = all.stream().filter(eligible);
    return candidates.min(Comparator.comparingLong(user -> turns.attendanceOf(user).lastTerm()));
  }
}
