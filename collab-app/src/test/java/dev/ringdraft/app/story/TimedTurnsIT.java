package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Turns of ten seconds in many drafts, to which nobody does anything, on two servers of one
 * PostgreSQL. The other server is paused for a while, goes on, and then the first one is killed.
 * What happened is read from the log of events. More drafts and a longer time: {@code
 * -Dringdraft.timed-turns.drafts=1000 -Dringdraft.timed-turns.seconds=120}.
 */
@Tag("long")
final class TimedTurnsIT {
  private static final int DRAFTS = Integer.getInteger("ringdraft.timed-turns.drafts", 200);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("ringdraft.timed-turns.seconds", 40));
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PROMISE = Duration.ofSeconds(2);

  /** Each pass with the deadline of the turn that it ended, both in milliseconds. */
  private static final String PASSES =
      """
      with begun as (
        select draft_id, revision, accepted_at, actor_id, data, pg_xact_commit_timestamp(xmin) as committed_at,
          lag(accepted_at) over (partition by draft_id order by revision) as turn_began_at,
          row_number() over (partition by draft_id order by revision) as term
        from draft_event where type in ('draft_created', 'ring_passed')
      )
      select draft_id, term, (data ->> 'term')::bigint, data ->> 'reason', actor_id,
        extract(epoch from accepted_at - turn_began_at) * 1000,
        extract(epoch from committed_at - turn_began_at) * 1000
      from begun where term > 1 order by draft_id, term
      """;

  @TempDir private Path folder;

  @Test
  void each_overdue_turn_ends_once_and_within_two_seconds() throws Exception {
    rememberCommits();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        Connection database = connect(postgres);
        RunningServer one = server("one", postgres);
        RunningServer other = server("other", postgres)) {
      begin(one.url(), other.url());

      pass(TIME.dividedBy(4));
      signal("STOP", other);
      pass(TIME.dividedBy(6));
      signal("CONT", other);
      pass(TIME.dividedBy(4));
      one.kill();
      pass(TIME.dividedBy(4));

      assertEquals(
          "0",
          first(
              database,
              "select count(*) from draft where times_out_at < clock_timestamp() - interval '2 s'"),
          "overdue turns that did not end");
      assertEquals(0, other.stop());
      check(database);
    }
  }

  private void rememberCommits() throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        Connection database = connect(postgres);
        Statement statement = database.createStatement()) {
      statement.execute("alter system set track_commit_timestamp = on");
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  private RunningServer server(String name, EmbeddedPostgres database) throws Exception {
    return RunningServer.start(Files.createDirectory(folder.resolve(name)), database);
  }

  private static void signal(String name, RunningServer server) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start().waitFor());
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void begin(String one, String other) throws Exception {
    Person ana = new Person("ana", one);
    Person ben = new Person("ben", one);
    for (int i = 0; i < DRAFTS; i++) {
      Person creator = ana.at(i % 2 == 0 ? one : other);
      ObjectNode draft = Person.body().put("title", "Draft " + i);
      draft
          .putObject("turn_policy")
          .put("order", "round_robin")
          .put("max_seconds", LIMIT.toSeconds())
          .putNull("away_after_missed");
      creator.invite(creator.start(draft), ben, "contributor");
    }
  }

  private static void check(Connection database) throws SQLException {
    List<Double> accepted = new ArrayList<>();
    List<Double> committed = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(PASSES)) {
      while (rows.next()) {
        String what = rows.getString(1) + ", term " + rows.getLong(2);
        assertEquals(rows.getLong(2), rows.getLong(3), what);
        assertEquals("timed_out", rows.getString(4), what);
        assertEquals("ringdraft:timer", rows.getString(5), what);
        accepted.add(rows.getDouble(6) - LIMIT.toMillis());
        committed.add(rows.getDouble(7) - LIMIT.toMillis());
      }
    }
    report("deadline to accepted_at", accepted);
    report("deadline to commit", committed);
    assertTrue(accepted.size() >= DRAFTS * (TIME.toSeconds() / (LIMIT.toSeconds() + 2) - 1));
    assertTrue(accepted.getFirst() >= 0, "a turn ended before its deadline");
    assertTrue(committed.getLast() <= PROMISE.toMillis(), "a turn ended too late");
  }

  private static void report(String what, List<Double> milliseconds) {
    Collections.sort(milliseconds);
    System.out.printf(
        "%s, %d turns: min %.0f, p50 %.0f, p99 %.0f, max %.0f ms%n",
        what,
        milliseconds.size(),
        milliseconds.getFirst(),
        milliseconds.get(milliseconds.size() / 2),
        milliseconds.get(milliseconds.size() * 99 / 100),
        milliseconds.getLast());
  }

  private static String first(Connection database, String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
