package dev.ringdraft.persistence.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time of grace, and what a look costs. */
class PostgresTurnDeadlinesTest {
  private static final int ALL = 1_000;

  private final DatabaseSettings settings = TestPostgres.freshDatabase();
  private Database database;
  private TimedDrafts drafts;

  @BeforeEach
  void open() throws SQLException {
    lastLook("0");
    database = Database.open(settings);
    drafts = new TimedDrafts(database.eventStore());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Instant ago(int seconds) {
    return database.clock().instant().minusSeconds(seconds);
  }

  private DraftId overdueFor(int seconds) {
    return drafts.endingAt(ago(seconds));
  }

  private void lastLook(String secondsAgo) throws SQLException {
    watch("looked_at = clock_timestamp() - interval '%s s'".formatted(secondsAgo));
  }

  private void watch(String change) throws SQLException {
    TestPostgres.execute(settings, "update turn_watch set " + change);
  }

  private String watch() throws SQLException {
    return TestPostgres.query(
            settings, "select concat_ws('|', ctid, xmin, looked_at) from turn_watch")
        .getFirst();
  }

  private List<DraftId> whenItRuns() {
    return ids(database.turnDeadlines().overdue(false, ALL));
  }

  private List<DraftId> whenItStarts() {
    return ids(database.turnDeadlines().overdue(true, ALL));
  }

  private static List<DraftId> ids(List<OverdueTurn> found) {
    return found.stream().map(OverdueTurn::draft).toList();
  }

  @Test
  void a_finding_has_term_deadline_and_the_moment_of_the_look() {
    Instant deadline = ago(7);
    DraftId draft = drafts.endingAt(deadline);

    OverdueTurn found = database.turnDeadlines().overdue(false, ALL).getFirst();

    assertEquals(new OverdueTurn(draft, 1, deadline, found.seenAt()), found);
    Duration late = found.late();
    assertTrue(late.toMillis() >= 7_000 && late.toMillis() < 60_000, late::toString);
    assertEquals(found.seenAt().truncatedTo(ChronoUnit.MILLIS), found.seenAt());
  }

  @Test
  void after_a_time_without_a_server_the_first_one_gives_thirty_seconds() throws SQLException {
    DraftId draft = overdueFor(60);
    lastLook("3.5");

    assertEquals(List.of(), whenItStarts());
    assertEquals(List.of(), whenItRuns(), "nor does another server end it");
    assertEquals(
        List.of("30"),
        TestPostgres.query(
            settings, "select extract(epoch from grace_until - looked_at)::int from turn_watch"));

    watch("grace_until = clock_timestamp()");
    assertEquals(List.of(draft), whenItRuns());
  }

  @Test
  void a_second_server_that_starts_meanwhile_does_not_prolong_them() throws SQLException {
    DraftId draft = overdueFor(60);
    lastLook("3.5");
    assertEquals(List.of(), whenItStarts());
    watch("grace_until = clock_timestamp() + interval '1 s', looked_at = clock_timestamp()");

    assertEquals(List.of(), whenItStarts());
    watch("grace_until = clock_timestamp()");
    assertEquals(List.of(draft), whenItStarts());
  }

  @Test
  void a_turn_whose_deadline_passes_meanwhile_ends_in_time() throws SQLException {
    overdueFor(60);
    DraftId later = overdueFor(5);
    watch("looked_at = clock_timestamp(), grace_until = clock_timestamp() + interval '20 s'");

    assertEquals(List.of(later), whenItRuns());
  }

  @Test
  void a_server_that_starts_beside_another_gives_none() throws SQLException {
    DraftId draft = overdueFor(1);
    lastLook("2");

    assertEquals(List.of(draft), whenItStarts());
  }

  @Test
  void a_server_that_was_paused_for_a_while_gives_none() throws SQLException {
    DraftId draft = overdueFor(20);
    lastLook("28");

    assertEquals(List.of(draft), whenItRuns());
  }

  @Test
  void after_a_pause_of_all_servers_the_first_one_gives_them() throws SQLException {
    overdueFor(20);
    lastLook("31");

    assertEquals(List.of(), whenItRuns());
  }

  @Test
  void what_another_clock_wrote_that_was_ahead_does_not_count() throws SQLException {
    DraftId draft = overdueFor(1);
    watch(
        "looked_at = clock_timestamp() + interval '1 h',"
            + " grace_until = clock_timestamp() + interval '1 h 30 s'");

    assertEquals(List.of(draft), whenItRuns());
    assertEquals(
        List.of("t"),
        TestPostgres.query(settings, "select looked_at <= clock_timestamp() from turn_watch"));
  }

  @Test
  void without_its_row_the_last_look_is_unknown() throws SQLException {
    overdueFor(60);
    TestPostgres.execute(settings, "delete from turn_watch");

    assertEquals(List.of(), whenItRuns());
    assertEquals(List.of("1"), TestPostgres.query(settings, "select count(*) from turn_watch"));
  }

  @Test
  void of_servers_that_start_at_once_none_ends_a_turn_too_soon() throws Exception {
    overdueFor(60);
    try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 20; round++) {
        watch("looked_at = clock_timestamp() - interval '1 min', grace_until = looked_at");
        List<Future<List<DraftId>>> looks = new ArrayList<>();
        for (int server = 0; server < 8; server++) {
          looks.add(servers.submit(this::whenItStarts));
        }
        for (Future<List<DraftId>> look : looks) {
          assertEquals(List.of(), look.get());
        }
      }
    }
  }

  @Test
  void a_look_soon_after_another_writes_nothing() throws SQLException {
    watch("looked_at = clock_timestamp() + interval '200 ms'");
    String before = watch();

    whenItRuns();

    assertEquals(before, watch());
  }

  @Test
  void the_row_of_the_last_look_stays_in_its_page() throws SQLException {
    TurnDeadlines deadlines = database.turnDeadlines();
    try (Connection connection = TestPostgres.connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      for (int i = 0; i < 200; i++) {
        statement.execute("update turn_watch set looked_at = looked_at - interval '1 s'");
        deadlines.overdue(false, ALL);
      }
    }
    database.close(); // counts are shown when their connection ends

    assertEquals(
        List.of("t|8192"),
        TestPostgres.query(
            settings,
            "select concat_ws('|', n_tup_upd >= 400 and n_tup_upd = n_tup_hot_upd,"
                + " pg_relation_size(relid)) from pg_stat_user_tables where relname = 'turn_watch'"));
  }

  @Test
  void a_look_does_not_wait_for_the_disk_and_the_next_commit_does() throws SQLException {
    TestPostgres.execute(
        settings,
        """
        create table durability (relation text, synchronous_commit text);
        create function note() returns trigger language plpgsql as $$
        begin
          insert into durability values (tg_table_name, current_setting('synchronous_commit'));
          return null;
        end $$;
        create constraint trigger note after insert or update on turn_watch
          deferrable initially deferred for each row execute function note();
        create constraint trigger note after insert or update on draft
          deferrable initially deferred for each row execute function note();
        """);
    database.close();
    database = Database.open(settings.toBuilder().poolSize(1).build());
    lastLook("1");
    TestPostgres.execute(settings, "truncate durability");

    whenItRuns();
    new TimedDrafts(database.eventStore()).endingAt(ago(0));

    assertEquals(
        List.of("draft|on", "turn_watch|off"),
        TestPostgres.query(
            settings,
            "select distinct concat_ws('|', relation, synchronous_commit) from durability order by 1"));
  }

  @Test
  void overdue_turns_are_found_by_the_index() throws SQLException {
    overdueFor(1);
    TestPostgres.execute(
        settings,
        """
        insert into draft
        select (jsonb_populate_record(d, jsonb_build_object(
          'draft_id', 'copy-' || i,
          'times_out_at', clock_timestamp() + make_interval(secs => i - 100)))).*
        from draft d, generate_series(1, 5000) i;
        analyze draft
        """);

    String plan =
        String.join(
            "\n",
            TestPostgres.query(
                settings,
                "explain "
                    + PostgresTurnDeadlines.STATEMENT
                        .replace("{schema}", "")
                        .replace("secs => ?", "secs => 30")
                        .replace("limit ?", "limit 100")));

    assertTrue(plan.contains("Index Scan using draft_times_out on draft"), plan);
    assertFalse(plan.contains("Seq Scan on draft"), plan);
    assertEquals(100, database.turnDeadlines().overdue(false, 100).size());
  }

  @Test
  void an_append_to_a_draft_with_a_deadline_touches_no_index() throws SQLException {
    DraftId draft = drafts.endingAt(ago(-3_600));
    database.close();
    long before = updatesThatTouchedAnIndex();
    database = Database.open(settings);
    drafts = new TimedDrafts(database.eventStore());

    for (int i = 0; i < 50; i++) {
      SegmentId segment = new SegmentId(UUID.randomUUID().toString());
      drafts.handle(
          draft, new AppendSegment(Cast.ANA, ago(0), new NewSegment(segment, "words"), null));
    }

    database.close();
    assertEquals(before, updatesThatTouchedAnIndex());
    assertEquals(
        List.of("t"),
        TestPostgres.query(
            settings,
            "select n_tup_hot_upd >= 50 from pg_stat_user_tables where relname = 'draft'"));
  }

  private long updatesThatTouchedAnIndex() throws SQLException {
    return Long.parseLong(
        TestPostgres.query(
                settings,
                "select n_tup_upd - n_tup_hot_upd from pg_stat_user_tables where relname = 'draft'")
            .getFirst());
  }
}
