package dev.ringdraft.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.persistence.CuttableWire;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database keeps its connections and answers nothing. */
@Timeout(60)
class DeadlineTest {
  private static final Duration TIME = Duration.ofSeconds(1);

  /** The pool looks at the deadline every half second. */
  private static final Duration TOLERANCE = Duration.ofMillis(1_500);

  private CuttableWire wire;
  private Database database;
  private DraftFixture draft;

  @BeforeEach
  void open() throws IOException {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    wire = CuttableWire.to(settings);
    database = Database.open(wire.nearEnd(settings, 3));
    draft = DraftFixture.of(database.eventStore(), DraftFixture.freshId(), Cast.ANA).begun();
  }

  @AfterEach
  void close() throws IOException {
    wire.bringUp();
    database.close();
    wire.close();
  }

  @Test
  void a_read_ends_at_the_deadline() {
    wire.silence();

    assertEndsInTime(
        () ->
            assertThrows(
                StoreUnavailableException.class, () -> store().load(draft.id(), Cast.ANA)));
  }

  @Test
  void a_commit_ends_at_the_deadline_in_doubt_and_stays_fenced() {
    Commit commit = draft.next(draft.segment("late"));
    wire.silence();

    assertEndsInTime(
        () -> assertThrows(CommitInDoubtException.class, () -> store().append(commit)));

    wire.bringUp();
    // The statement reached the server: it was made once, and the draft has moved on.
    draft.wrote(commit);
    assertEquals(draft.events(), database.eventStore().readAfter(draft.id(), 0, 10));
    assertInstanceOf(
        RevisionConflict.class,
        database
            .eventStore()
            .append(
                new Commit(
                    commit.draft(),
                    commit.expectedRevision(),
                    new CommandKey(Cast.ANA, "other"),
                    commit.fingerprint(),
                    commit.after(),
                    commit.events())));
  }

  @Test
  void calls_that_wait_for_a_connection_end_at_the_deadline_too() {
    wire.silence();

    assertEndsInTime(
        () -> {
          var unused =
              Concurrently.atOnce(
                  12,
                  i ->
                      assertThrows(
                          StoreUnavailableException.class,
                          () -> store().load(draft.id(), Cast.ANA)));
        });
  }

  @Test
  void commands_of_one_draft_are_all_answered_by_the_deadline_and_carried_out_once_when_repeated() {
    DraftCommands commands =
        new DraftCommands(
            database.eventStore(),
            CommitListener.none(),
            DraftLimits.defaults(),
            IdSource.random());
    wire.silence();

    assertEndsInTime(
        () -> {
          var unused =
              Concurrently.atOnce(
                  12,
                  i -> assertThrows(StoreUnavailableException.class, () -> append(commands, i)));
        });

    wire.bringUp();
    for (int i = 0; i < 12; i++) {
      assertInstanceOf(Committed.class, append(commands, i));
    }
    List<String> texts =
        database.eventStore().readAfter(draft.id(), 0, 100).stream()
            .filter(event -> event.event() instanceof SegmentAdded)
            .map(event -> ((SegmentAdded) event.event()).segment().content())
            .sorted()
            .toList();
    assertEquals(IntStream.range(0, 12).mapToObj("text %02d"::formatted).toList(), texts);
  }

  private Outcome append(DraftCommands commands, int number) {
    AppendSegment command =
        new AppendSegment(
            Cast.ANA,
            Cast.NOW,
            new NewSegment(new SegmentId("segment-" + number), "text %02d".formatted(number)),
            null);
    CommandOptions options = CommandOptions.once(new IdempotencyKey("key-" + number));
    return commands.handle(draft.id(), command, options.by(Deadline.after(TIME)));
  }

  @Test
  void a_deadline_that_has_passed_asks_nothing_of_the_database() {
    wire.listenAnew();
    DraftEventStore late = database.eventStore().within(Deadline.after(Duration.ZERO));

    assertThrows(StoreUnavailableException.class, () -> late.load(draft.id(), Cast.ANA));
    assertThrows(
        StoreUnavailableException.class, () -> late.append(draft.next(draft.segment("x"))));

    assertEquals(0, wire.roundTrips());
  }

  private DraftEventStore store() {
    return database.eventStore().within(Deadline.after(TIME));
  }

  private static void assertEndsInTime(Runnable calls) {
    long begin = System.nanoTime();
    calls.run();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(TIME.plus(TOLERANCE)) < 0, took::toString);
  }
}
