package dev.ringdraft.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.member.Role;
import dev.ringdraft.persistence.CuttableWire;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.testing.Cast;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, on the wire, how often the driver waits for the server. */
class RoundTripsTest {
  /** A receipt is answered when it is durable for sure. */
  private static final int CONFIRMATION = 1;

  private static CuttableWire wire;
  private static Database database;

  private DraftCommands commands;
  private DraftId draft;

  @BeforeAll
  static void open() throws IOException {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    wire = CuttableWire.to(settings);
    database = Database.open(wire.nearEnd(settings, 1));
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    wire.close();
  }

  @BeforeEach
  void beginADraft() {
    commands = server();
    CreateDraft create = new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE));
    draft =
        assertInstanceOf(Committed.class, commands.create(create, CommandOptions.none())).draft();
    handle(new AddCollaborator(Cast.ANA, Cast.NOW, Cast.BEN, Role.CONTRIBUTOR), "add");
    wire.listenAnew();
  }

  @Test
  void an_append_to_a_draft_that_was_changed_here_is_one_round_trip_without_begin_or_commit() {
    append("first");

    List<String> sent = wire.sent();
    assertEquals(1, wire.roundTrips(), sent::toString);
    assertEquals(1, count(sent, "E"), sent::toString);
    for (String statement : sent.stream().filter(it -> it.startsWith("P")).toList()) {
      assertTrue(statement.matches("(?s)P with head as.*"), statement);
    }
  }

  @Test
  void an_append_to_a_draft_that_is_not_remembered_is_two_round_trips() {
    commands = server();

    append("first");

    List<String> sent = wire.sent();
    assertEquals(2, wire.roundTrips(), sent::toString);
    assertEquals(2, count(sent, "E"), sent::toString);
    for (String statement : sent.stream().filter(it -> it.startsWith("P")).toList()) {
      assertTrue(statement.matches("(?s)P (select|with head as).*"), statement);
    }
  }

  @Test
  void the_hundredth_append_is_one_round_trip_too() {
    for (int i = 1; i < 100; i++) {
      append("segment " + i);
    }
    wire.listenAnew();

    append("the hundredth");

    assertEquals(List.of("B", "E", "S"), wire.sent());
  }

  @Test
  void a_creation_is_one_round_trip() {
    CreateDraft create =
        new CreateDraft(
            Cast.ANA,
            Cast.NOW,
            NewDraft.titled(Cast.TITLE).startingWith(new NewSegment(Cast.SEGMENT, "Once")));

    assertInstanceOf(
        Committed.class,
        commands.create(create, CommandOptions.once(new IdempotencyKey("create"))));

    assertEquals(1, wire.roundTrips());
  }

  @Test
  void a_pass_is_one_round_trip_and_its_repetition_two_as_memory_refuses_nothing() {
    PassRing pass = new PassRing(Cast.ANA, Cast.NOW, Cast.BEN, null);
    handle(pass, "pass");
    assertEquals(1, wire.roundTrips());
    wire.listenAnew();

    handle(pass, "pass");

    assertEquals(1 + CONFIRMATION, wire.roundTrips());
  }

  @Test
  void an_append_that_is_repeated_at_once_is_refused_by_its_receipt_and_then_found() {
    append("words");
    wire.listenAnew();

    append("words");

    assertEquals(2 + CONFIRMATION, wire.roundTrips());
    assertEquals(3, database.eventStore().readAfter(draft, 0, 100).size());
  }

  @Test
  void a_summary_is_one_round_trip_and_a_view_is_two() {
    database.catalog().summary(draft);
    assertEquals(1, wire.roundTrips());
    wire.listenAnew();

    database.catalog().view(draft);

    assertEquals(2, wire.roundTrips());
  }

  /** A server that has just started: it remembers nothing. */
  private static DraftCommands server() {
    return new DraftCommands(
        database.eventStore(), CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  @Test
  void for_a_stranger_everything_is_one_round_trip_whether_the_draft_is_there_or_not() {
    List<Function<DraftId, Object>> reads =
        List.of(
            asked -> database.catalog().view(asked, Cast.ZED),
            asked -> database.catalog().summary(asked, Cast.ZED),
            asked -> database.eventStore().load(asked, Cast.ZED),
            asked -> commands.handle(asked, byAStranger(), CommandOptions.none()));
    for (Function<DraftId, Object> read : reads) {
      for (DraftId asked : List.of(draft, new DraftId("no-such-draft"))) {
        wire.listenAnew();

        assertNotNull(read.apply(asked));

        assertEquals(1, wire.roundTrips(), wire.sent()::toString);
      }
    }
  }

  private static DraftCommand byAStranger() {
    return new AppendSegment(Cast.ZED, Cast.NOW, new NewSegment(Cast.SEGMENT, "mine"), null);
  }

  private static long count(List<String> sent, String message) {
    return sent.stream().filter(message::equals).count();
  }

  private void append(String content) {
    handle(
        new AppendSegment(Cast.ANA, Cast.NOW, new NewSegment(Cast.SEGMENT, content), null),
        content);
  }

  private void handle(DraftCommand command, String key) {
    assertInstanceOf(
        Committed.class,
        commands.handle(draft, command, CommandOptions.once(new IdempotencyKey(key))));
  }
}
