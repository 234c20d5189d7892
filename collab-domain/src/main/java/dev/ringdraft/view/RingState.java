package dev.ringdraft.view;

import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The ring as people see it.
 *
 * @param holdersHistory the last holders, oldest first, the current one last; 1 to {@value
 *     #HISTORY_LENGTH}
 * @param passedAt when the current term began
 */
public record RingState(Ring ring, List<UserId> holdersHistory, Instant passedAt) {
  /** How many holders are remembered. */
  public static final int HISTORY_LENGTH = 50;

  public RingState {
    holdersHistory = List.copyOf(holdersHistory);
  }

  static RingState startedBy(UserId creator, Instant at) {
    return new RingState(Ring.firstHeldBy(creator), List.of(creator), at);
  }

  /** The state after the ring went to its next holder. */
  public RingState passedTo(UserId next, Instant at) {
    List<UserId> holders = new ArrayList<>(holdersHistory);
    holders.add(next);
    int surplus = Math.max(0, holders.size() - HISTORY_LENGTH);
    return new RingState(ring.passedTo(next), holders.subList(surplus, holders.size()), at);
  }
}
