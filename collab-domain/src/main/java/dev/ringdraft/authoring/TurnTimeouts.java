package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.eventstore.TurnDeadlines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Ends turns whose deadline has passed. It has no thread: somebody calls it, once a second is
 * enough. Any number of servers may do so; each turn ends once, because the command is the same on
 * all of them.
 *
 * <p>Safe for use by many threads.
 */
public final class TurnTimeouts {
  private final DraftCommands commands;
  private final TurnDeadlines deadlines;
  private final InstantSource clock;

  /**
   * @param clock the clock by which {@code deadlines} finds turns, as this server knows it. The
   *     turn that begins is counted from it: a server may be paused after it has found a turn
   */
  public TurnTimeouts(DraftCommands commands, TurnDeadlines deadlines, InstantSource clock) {
    this.commands = commands;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  /**
   * The turns that are overdue now.
   *
   * @param starting whether this is the first look since the server's start
   * @throws StoreUnavailableException when the store can't be reached
   */
  public List<OverdueTurn> overdue(boolean starting, int limit) {
    return deadlines.overdue(starting, limit);
  }

  /**
   * Ends one of them, unless that has happened, or the draft has changed so that it is not over.
   *
   * @return whether this call ended it
   * @throws StoreUnavailableException when the store can't be reached
   */
  public boolean end(OverdueTurn turn) {
    return end(turn, Deadline.none());
  }

  /**
   * The same within a deadline of its own.
   *
   * @return whether this call ended it
   * @throws StoreUnavailableException when the store can't be reached, or this deadline has passed;
   *     the turn may have ended
   */
  public boolean end(OverdueTurn turn, Deadline within) {
    Instant now = clock.instant();
    Outcome outcome =
        commands.handle(
            turn.draft(),
            new TimeOutTurn(now.isAfter(turn.seenAt()) ? now : turn.seenAt(), turn.term()),
            CommandOptions.once(new IdempotencyKey("turn-" + turn.term())).by(within));
    return outcome instanceof Outcome.Committed committed && !committed.replayed();
  }
}
