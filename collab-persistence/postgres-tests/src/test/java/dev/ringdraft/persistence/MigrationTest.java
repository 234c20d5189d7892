package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.view.DraftView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database of an earlier release, with its data, is migrated and read. */
@Timeout(60)
class MigrationTest {
  private static final DraftId DRAFT = new DraftId("old-draft");
  private static final Instant AT = Instant.parse("2026-11-25T12:00:00.123Z");

  private DatabaseSettings settings;

  /** As the program wrote it until schema version 3; the rows were copied from such a database. */
  @BeforeEach
  void createDatabaseOfVersion3() throws Exception {
    settings = TestPostgres.emptyDatabase();
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:dev/ringdraft/persistence/migration")
        .table("ringdraft_migration")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .target("3")
        .load()
        .migrate();
    TestPostgres.execute(settings, resource("version3.sql"));
  }

  @Test
  void every_event_of_version_1_is_read_as_it_was_written() {
    try (Database database = Database.open(settings)) {
      assertEquals(
          List.of(
              new DraftCreated(Cast.ANA, AT, "Title", Platform.INSTAGRAM, null),
              new SegmentAdded(segment(Cast.ANA, "Once \"upon\"\na time, Ünïcödé 🦑", 0)),
              new CollaboratorAdded(Cast.ANA, AT, Cast.BEN, Role.CONTRIBUTOR),
              new CollaboratorAdded(Cast.ANA, AT, Cast.VERA, Role.VIEWER),
              new RingPassed(Cast.ANA, AT, Cast.ANA, Cast.BEN, 2, PassReason.PASSED, null),
              new RingPassed(Cast.BEN, AT, Cast.BEN, Cast.ANA, 3, PassReason.RETURNED, null),
              new CollaboratorRemoved(Cast.BEN, AT, Cast.BEN),
              new DraftUpdated(Cast.ANA, AT, new DraftChange("Other", DraftStatus.LOCKED, null)),
              new DraftUpdated(Cast.ANA, AT, DraftChange.status(DraftStatus.ACTIVE))),
          database.eventStore().readAfter(DRAFT, 0, 100).stream()
              .map(RecordedEvent::event)
              .toList());
    }
  }

  @Test
  void head_receipt_and_text_of_an_old_draft_are_read() {
    try (Database database = Database.open(settings)) {
      List<RecordedEvent> events = database.eventStore().readAfter(DRAFT, 0, 100);
      DraftHead head =
          database.eventStore().load(DRAFT, new CommandKey(Cast.BEN, "leave")).orElseThrow();

      assertEquals(DraftView.replay(events), database.catalog().view(DRAFT).orElseThrow());
      assertEquals(DraftView.replay(events).summary(), head.summary());
      assertEquals(events.subList(5, 7), List.copyOf(receiptOf(head)));
    }
  }

  @Test
  void an_old_draft_goes_on_in_the_present_version() throws SQLException {
    try (Database database = Database.open(settings)) {
      DraftHead head = database.eventStore().load(DRAFT, Cast.ANA).orElseThrow();
      SegmentAdded added = new SegmentAdded(segment(Cast.ANA, "and on", 1));
      RecordedEvent next = new RecordedEvent(DRAFT, 10, added);

      assertInstanceOf(
          Appended.class,
          database
              .eventStore()
              .append(
                  new Commit(
                      DRAFT,
                      9,
                      new CommandKey(Cast.ANA, "on"),
                      "f",
                      head.summary().after(next),
                      List.of(added))));

      assertEquals(List.of(next), database.eventStore().readAfter(DRAFT, 9, 100), "the new event");
      assertEquals(
          2, database.catalog().view(DRAFT).orElseThrow().segments().size(), "segments of both");
      assertEquals(
          List.of("0|ana", "1|ana"),
          TestPostgres.query(
              settings,
              "select concat_ws('|', position, author_user_id) from segment order by position"));
    }
  }

  @Test
  void a_start_does_not_wait_in_silence_for_another_program_that_migrates() throws SQLException {
    DatabaseSettings impatient =
        settings.toBuilder().migrationTimeout(Duration.ofSeconds(1)).build();
    try (Connection other = TestPostgres.connect(settings);
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + 0x72696e6764726674L + ")");

      String message = DatabaseTest.refusal(impatient);

      assertTrue(message.contains("another program holds the lock for migrations: process "));
      assertTrue(message.contains("(ringdraft)"), message);
    }
    Database.open(settings).close();
  }

  /** The quick look at the record knows the last migration by its number. */
  @Test
  void the_latest_version_is_that_of_the_last_migration() throws SQLException {
    Database.open(settings).close();

    assertEquals(
        List.of(Integer.toString(Migrations.LATEST)),
        TestPostgres.query(settings, "select max(version) from ringdraft_migration"));
  }

  @Test
  void a_migration_that_was_not_recorded_is_applied_though_later_ones_were() throws SQLException {
    Database.open(settings).close();
    TestPostgres.execute(settings, "delete from ringdraft_migration where version = '4'");

    String message = DatabaseTest.refusal(settings);

    assertTrue(message.contains("Migrations have failed validation"), message);
  }

  @Test
  void a_schema_of_a_newer_program_is_refused_and_left_as_it_is() throws SQLException {
    Database.open(settings).close();
    TestPostgres.execute(
        settings,
        "insert into ringdraft_migration (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " values (99, '99', 'of later', 'SQL', 'V99__of_later.sql', 'ana', 1, true)");

    String message = DatabaseTest.refusal(settings);

    assertTrue(
        message.endsWith(
            "its schema has version 99, and this program knows versions up to %s; start the newer program, or restore a backup of before"
                .formatted(Migrations.LATEST)),
        message);
    assertEquals(
        List.of("99"),
        TestPostgres.query(
            settings,
            "select version from ringdraft_migration order by installed_rank desc limit 1"));
  }

  @Test
  void a_migration_that_fails_names_its_cause() throws SQLException {
    TestPostgres.execute(settings, "alter table draft_event rename to moved");

    String message = DatabaseTest.refusal(settings);

    assertTrue(message.contains("SQLSTATE 42P01, relation"), message);
  }

  private static List<RecordedEvent> receiptOf(DraftHead head) {
    return head.receipt() == null ? List.of() : head.receipt().events();
  }

  private static Segment segment(UserId author, String content, int position) {
    return new Segment(
        new SegmentId("019ab8f5-6a3b-7c4e-9d00-2f6b1c8e4a57"), author, content, position, AT);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = MigrationTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
