package dev.ringdraft.persistence.transaction;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service counts the words of each segment in a table of its own: both commit, or neither. */
@Timeout(60)
class TransactionWorkTest {
  private static DatabaseSettings settings;
  private static Database database;

  private final IdSource ids = IdSource.random();
  private final List<String> rowsAtCommit = new ArrayList<>();
  private DraftCommands commands;
  private DraftId draft;

  @BeforeAll
  static void open() throws SQLException {
    settings = TestPostgres.freshDatabase();
    TestPostgres.execute(
        settings,
        "create table word_count (draft_id text, revision bigint primary key, words int)");
    database = Database.open(settings);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void createDraft() throws SQLException {
    TestPostgres.execute(settings, "delete from word_count");
    commands =
        new DraftCommands(
            database.eventStore(),
            events -> rowsAtCommit.addAll(counted()),
            DraftLimits.defaults(),
            ids);
    CreateDraft create = new CreateDraft(ANA, NOW, NewDraft.titled("Night train"));
    draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
    rowsAtCommit.clear();
  }

  @Test
  void the_events_and_the_row_are_committed_together_and_then_announced() {
    Outcome outcome = append(ANA, TransactionWorkTest::count, CommandOptions.none());

    assertInstanceOf(Committed.class, outcome);
    assertEquals(List.of("2: 4"), counted());
    assertEquals(List.of("2: 4"), rowsAtCommit, "the listener hears of a permanent row");
    assertEquals(2, revision());
  }

  @Test
  void a_draft_is_created_together_with_the_row() {
    CreateDraft create = new CreateDraft(ANA, NOW, NewDraft.titled("Day train"));
    TransactionWork work =
        (connection, events) -> insert(connection, events.getFirst().draft(), 1, 0);

    Committed created =
        (Committed)
            commands.through(database.eventStore(work)).create(create, CommandOptions.none());

    assertEquals(1, created.revision());
    assertEquals(List.of("1: 0"), counted());
  }

  @Test
  void a_service_that_throws_undoes_both_and_the_next_command_finds_the_draft_as_it_is() {
    IllegalStateException fault = new IllegalStateException("no");

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                append(
                    ANA,
                    (connection, events) -> {
                      count(connection, events);
                      throw fault;
                    },
                    CommandOptions.none()));

    assertSame(fault, thrown);
    assertNothingHappened();
    append(ANA, TransactionWorkTest::count, CommandOptions.none());
    assertEquals(List.of("2: 4"), counted());
  }

  @Test
  void a_statement_of_the_service_that_fails_undoes_both_and_is_not_taken_for_a_conflict() {
    AtomicInteger calls = new AtomicInteger();

    TransactionWorkException failed =
        assertThrows(
            TransactionWorkException.class,
            () ->
                append(
                    ANA,
                    (connection, events) -> {
                      calls.incrementAndGet();
                      count(connection, events);
                      count(connection, events);
                    },
                    CommandOptions.none()));

    SQLException cause = assertInstanceOf(SQLException.class, failed.getCause());
    assertEquals("23505", cause.getSQLState());
    assertEquals(1, calls.get());
    assertNothingHappened();
  }

  @Test
  void a_failed_statement_that_the_service_ignores_undoes_both() {
    assertThrows(
        TransactionWorkException.class,
        () ->
            append(
                ANA,
                (connection, events) -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("select 1 / 0");
                  } catch (SQLException ignored) {
                    // The transaction is failed all the same.
                  }
                },
                CommandOptions.none()));

    assertNothingHappened();
  }

  @Test
  void a_command_that_is_refused_does_not_run_the_work_and_leaves_the_rest_to_the_service() {
    AtomicInteger calls = new AtomicInteger();

    Outcome outcome =
        append(BEN, (connection, events) -> calls.incrementAndGet(), CommandOptions.none());

    assertInstanceOf(Refused.class, outcome);
    assertEquals(0, calls.get());
    assertNothingHappened();
  }

  @Test
  void a_repeated_command_finds_its_row_and_does_not_run_the_work_again() {
    CommandOptions once = CommandOptions.once(new IdempotencyKey("append-1"));
    Committed first = (Committed) append(ANA, TransactionWorkTest::count, once);

    Committed repeated = (Committed) append(ANA, TransactionWorkTest::count, once);

    assertTrue(repeated.replayed());
    assertEquals(first.events(), repeated.events());
    assertEquals(List.of("2: 4"), counted());
  }

  @Test
  void a_commit_of_another_server_is_decided_on_first_and_the_work_runs_for_the_commit_alone() {
    DraftCommands otherServer =
        new DraftCommands(database.eventStore(), events -> {}, DraftLimits.defaults(), ids);
    otherServer.handle(draft, segment(ANA), CommandOptions.none());

    append(ANA, TransactionWorkTest::count, CommandOptions.none());

    assertEquals(List.of("3: 4"), counted());
    assertEquals(3, revision());
  }

  @Test
  void a_crash_before_the_commit_leaves_neither() {
    assertThrows(
        StoreUnavailableException.class,
        () ->
            append(
                ANA,
                (connection, events) -> {
                  count(connection, events);
                  crash(connection);
                },
                CommandOptions.none()));

    assertNothingHappened();
  }

  @Test
  void a_connection_that_breaks_before_the_commit_is_replaced_and_both_are_committed_once() {
    AtomicInteger calls = new AtomicInteger();

    Outcome outcome =
        append(
            ANA,
            (connection, events) -> {
              count(connection, events);
              if (calls.incrementAndGet() == 1) {
                crash(connection);
              }
            },
            CommandOptions.none());

    assertInstanceOf(Committed.class, outcome);
    assertEquals(2, calls.get());
    assertEquals(List.of("2: 4"), counted());
    assertEquals(2, revision());
  }

  @Test
  void work_that_waits_past_the_deadline_of_the_command_leaves_neither() {
    assertThrows(
        StoreUnavailableException.class,
        () ->
            append(
                ANA,
                (connection, events) -> {
                  count(connection, events);
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("select pg_sleep(2)");
                  }
                },
                CommandOptions.none().by(Deadline.after(Duration.ofMillis(500)))));

    assertNothingHappened();
  }

  private Outcome append(UserId actor, TransactionWork work, CommandOptions options) {
    return commands.through(database.eventStore(work)).handle(draft, segment(actor), options);
  }

  private AppendSegment segment(UserId actor) {
    NewSegment words = new NewSegment(new SegmentId(ids.next()), "It left at nine.");
    return new AppendSegment(actor, NOW, words, null);
  }

  private static void count(Connection connection, List<RecordedEvent> events) throws SQLException {
    RecordedEvent event = events.getFirst();
    insert(connection, event.draft(), event.revision(), 4);
  }

  private static void insert(Connection connection, DraftId draft, long revision, int words)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into word_count values (?, ?, ?)")) {
      insert.setString(1, draft.value());
      insert.setLong(2, revision);
      insert.setInt(3, words);
      insert.executeUpdate();
    }
  }

  /** Ends the server process of the connection, as a crash of this process would. */
  private static void crash(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(pg_backend_pid())");
    }
  }

  private void assertNothingHappened() {
    assertEquals(List.of(), counted());
    assertEquals(1, revision());
    assertEquals(List.of(), rowsAtCommit);
    assertEquals(1, database.eventStore().readAfter(draft, 0, 10).size());
  }

  private long revision() {
    return database.catalog().summary(draft).orElseThrow().revision();
  }

  private static List<String> counted() {
    try {
      return TestPostgres.query(
          settings, "select revision || ': ' || words from word_count order by revision");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
