package dev.ringdraft.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.persistence.CuttableWire;
import dev.ringdraft.persistence.CuttableWire.Cut;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.DatabaseState;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command whose answer is lost is carried out exactly once, wherever the wire was cut. */
@Timeout(60)
class LostAnswersTest {
  private static DatabaseSettings settings;
  private static CuttableWire wire;
  private static Database database;

  private final List<RecordedEvent> heard = new CopyOnWriteArrayList<>();
  private DraftCommands commands;
  private DraftId draft;

  @BeforeAll
  static void open() throws IOException {
    settings = TestPostgres.freshDatabase();
    wire = CuttableWire.to(settings);
    database = Database.open(wire.nearEnd(settings, 3));
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    wire.close();
  }

  @BeforeEach
  void beginADraft() {
    commands = server();
    draft = create(new IdempotencyKey("create-" + UUID.randomUUID())).draft();
    heard.clear();
  }

  @ParameterizedTest
  @EnumSource
  void an_append_that_never_arrived_is_made_once(Head head) {
    found(head);
    wire.cutNext(Cut.BEFORE_THE_APPEND_ARRIVES);

    assertAppendedOnce(append("words"));
  }

  @ParameterizedTest
  @EnumSource
  void an_append_whose_answer_was_lost_is_recognised_by_its_receipt(Head head) {
    found(head);
    wire.cutNext(Cut.BEFORE_THE_ANSWER_ARRIVES);

    assertAppendedOnce(append("words"));
  }

  @ParameterizedTest
  @EnumSource
  void an_append_that_still_waits_at_the_server_is_not_overtaken(Head head) throws Exception {
    found(head);
    try (Connection other = TestPostgres.connect(settings)) {
      other.setAutoCommit(false);
      holdHead(other);
      wire.cutNext(Cut.WHEN_THE_APPEND_HAS_ARRIVED);
      CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> append("words"));
      awaitAppendsThatWait(2);
      other.rollback();
      assertAppendedOnce(outcome.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_creation_whose_answer_was_lost_is_recognised_by_its_receipt() {
    wire.cutNext(Cut.BEFORE_THE_ANSWER_ARRIVES);

    Committed created = create(new IdempotencyKey("again-" + UUID.randomUUID()));

    assertEquals(1, created.revision());
    assertEquals(created.events(), events(created.draft()));
  }

  @Test
  void after_the_server_ended_all_connections_the_next_append_succeeds() throws SQLException {
    try (Connection connection = TestPostgres.connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    assertAppendedOnce(append("words"));
  }

  @Test
  void an_append_to_a_database_that_is_gone_fails_and_can_be_sent_again() throws IOException {
    wire.takeDown();
    assertThrows(StoreUnavailableException.class, () -> append("words"));
    assertEquals(DatabaseState.UNREACHABLE, database.state());

    wire.bringUp();

    assertAppendedOnce(appendUntilAnswered("words"));
    assertEquals(DatabaseState.WRITABLE, database.state());
  }

  /** How the server that appends knows the draft. */
  enum Head {
    REMEMBERED,
    LOADED
  }

  private void found(Head head) {
    if (head == Head.LOADED) {
      commands = server();
    }
  }

  private DraftCommands server() {
    return new DraftCommands(
        database.eventStore(), heard::addAll, DraftLimits.defaults(), IdSource.random());
  }

  private void assertAppendedOnce(Outcome outcome) {
    Committed committed = assertInstanceOf(Committed.class, outcome);
    assertEquals(2, committed.revision());
    assertEquals(committed.events(), events(draft).subList(1, 2));
    assertEquals(2, events(draft).size());
    assertEquals(committed.events(), heard);
    assertFalse(committed.replayed());
  }

  private List<RecordedEvent> events(DraftId id) {
    return database.eventStore().readAfter(id, 0, 100);
  }

  private Committed create(IdempotencyKey key) {
    CreateDraft create = new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE));
    return assertInstanceOf(Committed.class, commands.create(create, CommandOptions.once(key)));
  }

  private Outcome append(String content) {
    SegmentId segment = new SegmentId(UUID.randomUUID().toString());
    return commands.handle(
        draft,
        new AppendSegment(Cast.ANA, Cast.later(1), new NewSegment(segment, content), null),
        CommandOptions.once(new IdempotencyKey("append")));
  }

  /** The pool takes some seconds to find that the server is back. */
  private Outcome appendUntilAnswered(String content) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        return append(content);
      } catch (StoreUnavailableException stillAway) {
        assertTrue(System.nanoTime() < deadline, "the server is back, and not found");
      }
    }
  }

  private void holdHead(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1 from draft where draft_id = '" + draft + "' for update");
    }
  }

  /** Looks until so many appends wait for the head row. */
  private static void awaitAppendsThatWait(int wanted) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    try (Connection connection = TestPostgres.connect(settings);
        Statement statement = connection.createStatement()) {
      int waiting = 0;
      while (waiting < wanted) {
        assertTrue(System.nanoTime() < deadline, waiting + " appends wait");
        try (ResultSet result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database()")) {
          result.next();
          waiting = result.getInt(1);
        }
      }
    }
  }

  @Test
  void the_receipt_of_a_lost_answer_is_found_by_its_key() {
    wire.cutNext(Cut.BEFORE_THE_ANSWER_ARRIVES);
    append("words");

    assertTrue(
        database
            .eventStore()
            .load(draft, new CommandKey(Cast.ANA, "append"))
            .map(head -> head.receipt())
            .isPresent());
  }
}
