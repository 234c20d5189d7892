package dev.ringdraft.rest.stream;

import dev.ringdraft.access.Limit;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many requests of one user wait or stream at this server. Holds a number for each user who has
 * one, and nothing else. Safe for use by many threads.
 */
public final class WaiterLimit {
  private final int mostPerUser;
  private final Duration retryAfter;
  private final ConcurrentMap<UserId, Integer> waiting = new ConcurrentHashMap<>();

  /**
   * @param retryAfter how long a refused caller has to wait; whole seconds
   */
  public WaiterLimit(int mostPerUser, Duration retryAfter) {
    this.mostPerUser = mostPerUser;
    this.retryAfter = retryAfter;
  }

  /**
   * Counts one more.
   *
   * @throws ProblemException when the user has as many as one may have
   */
  void enter(UserId user) {
    int now = waiting.merge(user, 1, Integer::sum);
    if (now > mostPerUser) {
      leave(user);
      throw new ProblemException(
          Problem.of(
                  ProblemCode.TOO_MANY_CONNECTIONS,
                  "%d requests of yours wait already (expected: 0..%d)"
                      .formatted(now - 1, mostPerUser))
              .limitedBy(Limit.WAITING_REQUESTS, mostPerUser)
              .retryAfter(retryAfter));
    }
  }

  /** Counts one less. */
  void leave(UserId user) {
    waiting.computeIfPresent(user, (unused, count) -> count == 1 ? null : count - 1);
  }

  /** How many requests wait. */
  int count() {
    return waiting.values().stream().mapToInt(Integer::intValue).sum();
  }
}
