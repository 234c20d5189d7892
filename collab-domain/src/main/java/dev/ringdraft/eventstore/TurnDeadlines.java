package dev.ringdraft.eventstore;

import java.time.Duration;
import java.util.List;

/**
 * Finds the turns whose deadline has passed. Port.
 *
 * <p>All servers of one store read one clock here, so that a server whose own clock is wrong ends
 * no turn early. A finding is no decision: the draft decides, and the commit is fenced by its
 * revision, so any number of servers may look.
 *
 * <p>Safe for use by many threads and, on the same storage, by many processes. May throw {@link
 * StoreUnavailableException}.
 */
public interface TurnDeadlines {
  /** How long a turn that was overdue while no server looked goes on after the first look. */
  Duration GRACE = Duration.ofSeconds(30);

  /**
   * The turns that are overdue and have a next holder, the longest overdue first.
   *
   * @param starting whether the server has just started. After a time in which no server looked, it
   *     gives the holders of overdue turns {@link #GRACE} to come back
   * @param limit most turns to return, 1 or more
   */
  List<OverdueTurn> overdue(boolean starting, int limit);
}
