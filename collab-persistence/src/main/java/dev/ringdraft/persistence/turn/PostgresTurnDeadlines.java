package dev.ringdraft.persistence.turn;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.persistence.turn.DatabaseClock.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Overdue turns in PostgreSQL, found by the partial index on {@code draft.times_out_at}. A look is
 * one statement, and one round trip.
 *
 * <p>The row of {@code turn_watch} has the instant of the last look. A look writes it, unless
 * another one did so in the last half second. The commit does not wait for the disk: after a crash
 * the row may be a moment older, which the rule for the time of grace allows. An upsert reads the
 * row as the last writer left it, so of two servers that start at once one begins the time of grace
 * and the other keeps it. Until {@link #GRACE} is over, turns that were overdue when it began are
 * left out, and those that become overdue later are not.
 *
 * <p>Instants of the row that lie in the future are another clock's, and do not count. Safe for use
 * by many threads.
 */
public final class PostgresTurnDeadlines implements TurnDeadlines {
  /** A server that starts and finds the last look older than this gives the time of grace. */
  static final Duration MISSED_BEFORE_START = Duration.ofSeconds(3);

  /** A server that runs and finds the last look older than this gives it, too. */
  static final Duration MISSED_WHILE_RUNNING = Duration.ofSeconds(30);

  /**
   * The time of grace is bounded by the present moment of whichever server began it, which may be a
   * little later than ours; twice its length is another clock's.
   */
  static final String STATEMENT =
      """
      with moment as materialized (
        select clock_timestamp() as now, set_config('synchronous_commit', 'off', true) as unsynced
      ), recent as materialized (
        select w.grace_until
        from {schema}turn_watch w, moment m
        where w.looked_at between m.now - interval '500 ms' and m.now + interval '500 ms'
      ), looked as (
        insert into {schema}turn_watch as w (looked_at, grace_until)
        select now, now + {grace} from moment where not exists (select from recent)
        on conflict (only_row) do update set
          looked_at = excluded.looked_at,
          grace_until = case when w.looked_at < excluded.looked_at - make_interval(secs => ?)
            then excluded.grace_until else w.grace_until end
        returning w.grace_until
      ), span as (
        select m.now, case when g.grace_until > m.now and g.grace_until < m.now + 2 * {grace}
          then g.grace_until - {grace} else '-infinity' end as after
        from moment m, (select grace_until from recent union all select grace_until from looked) g
      )
      select s.now, d.draft_id, d.term, d.times_out_at
      from span s left join lateral (
        select draft_id, term, times_out_at
        from {schema}draft
        where times_out_at > s.after and times_out_at <= s.now
        order by times_out_at
        limit ?) d on true
      order by d.times_out_at
      """
          .replace("{grace}", "interval '%d s'".formatted(GRACE.toSeconds()));

  private final Sessions sessions;
  private final DatabaseClock clock;
  private final String statement;

  /**
   * @param clock learns from each look
   */
  public PostgresTurnDeadlines(Sessions sessions, Schema schema, DatabaseClock clock) {
    this.sessions = sessions;
    this.clock = clock;
    this.statement = schema.in(STATEMENT);
  }

  @Override
  public List<OverdueTurn> overdue(boolean starting, int limit) {
    Duration missed = starting ? MISSED_BEFORE_START : MISSED_WHILE_RUNNING;
    return sessions.readDirectly(connection -> look(connection, missed, limit));
  }

  private List<OverdueTurn> look(Connection connection, Duration missed, int limit)
      throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(statement)) {
      look.setDouble(1, (double) missed.toSeconds());
      look.setInt(2, limit);
      long sentAt = System.nanoTime();
      try (ResultSet rows = look.executeQuery()) {
        long receivedAt = System.nanoTime();
        List<OverdueTurn> found = new ArrayList<>();
        while (rows.next()) {
          Instant now = DatabaseClock.instant(rows, 1);
          if (rows.isFirst()) {
            clock.add(new Sample(sentAt, now, receivedAt));
          }
          @Nullable String draft = rows.getString(2);
          if (draft != null) {
            found.add(
                new OverdueTurn(
                    new DraftId(draft),
                    rows.getLong(3),
                    DatabaseClock.instant(rows, 4),
                    now.truncatedTo(ChronoUnit.MILLIS)));
          }
        }
        return found;
      }
    }
  }
}
