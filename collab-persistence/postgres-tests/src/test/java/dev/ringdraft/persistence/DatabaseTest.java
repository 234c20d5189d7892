package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import dev.ringdraft.testing.Eventually;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseTest {
  private static DatabaseSettings settings;
  private static Database database;

  @BeforeAll
  static void open() {
    settings = TestPostgres.emptyDatabase();
    List<Database> all =
        Concurrently.atOnce(3, i -> Database.open(settings)); // as servers that start at once
    all.subList(1, 3).forEach(Database::close);
    database = all.getFirst();
  }

  @AfterAll
  static void close() {
    database.close();
    database.close();
  }

  @Test
  void the_epoch_stays_when_a_database_is_opened_again_and_differs_between_databases() {
    Epoch epoch = database.eventStore().epoch();
    try (Database again = Database.open(settings);
        Database other = Database.open(TestPostgres.emptyDatabase())) {
      assertEquals(epoch, again.eventStore().epoch());
      assertFalse(epoch.equals(other.eventStore().epoch()));
    }
  }

  @Test
  void a_database_that_takes_commits_is_writable() {
    assertEquals(DatabaseState.WRITABLE, database.state());
  }

  @Test
  void a_probe_waits_for_a_commit_and_writes_a_file_beside_the_data() throws SQLException {
    String wal = "select pg_current_wal_insert_lsn()";
    String files = "select temp_files from pg_stat_database where datname = current_database()";
    List<String> before = TestPostgres.query(settings, wal);
    List<String> filesBefore = TestPostgres.query(settings, files);

    assertEquals(DatabaseState.WRITABLE, database.state());

    assertNotEquals(before, TestPostgres.query(settings, wal));
    Eventually.until(() -> !filesBefore.equals(query(files)));
  }

  private static List<String> query(String sql) {
    try {
      return TestPostgres.query(settings, sql);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void a_database_that_is_set_read_only_says_so_and_is_back_by_itself() throws SQLException {
    DatabaseSettings other = TestPostgres.freshDatabase();
    String alter = "alter database %s set default_transaction_read_only = ".formatted(name(other));
    try (Database readOnly = Database.open(other)) {
      TestPostgres.execute(settings, alter + "on");
      terminateConnections(other);
      Eventually.until(() -> readOnly.state() == DatabaseState.READ_ONLY);

      TestPostgres.execute(settings, alter + "off");
      terminateConnections(other);
      Eventually.until(() -> readOnly.state() == DatabaseState.WRITABLE);
    }
  }

  private static String name(DatabaseSettings of) {
    return of.address().replaceFirst(".*/", "");
  }

  /** A setting of a database begins with a connection. */
  private static void terminateConnections(DatabaseSettings of) throws SQLException {
    TestPostgres.execute(
        settings,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(name(of)));
  }

  @Test
  void a_wrong_password_is_refused_at_once_and_not_told() {
    DatabaseSettings wrong =
        DatabaseSettings.of(settings.url(), settings.user(), "not-the-password", 1);

    String message = refusal(wrong);

    assertTrue(message.contains("password authentication failed"), message);
    assertFalse(message.contains("not-the-password"), message);
  }

  @Test
  void a_server_that_does_not_answer_is_waited_for_and_then_named() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + nobody + "/drafts";
    DatabaseSettings absent = impatient(url + "?password=url-secret");

    String message = refusal(absent);

    assertTrue(
        message.startsWith("the database at " + url + " refuses: SQLSTATE 08001, "), message);
    assertTrue(message.endsWith("see database.url"), message);
    assertFalse(message.contains("url-secret"), message);
  }

  @Test
  void a_host_that_can_not_be_resolved_is_named() {
    String message = refusal(impatient("jdbc:postgresql://no-such-host.invalid/drafts"));

    assertTrue(message.contains("UnknownHostException no-such-host.invalid"), message);
  }

  @Test
  void an_address_that_is_no_postgresql_is_refused_without_repeating_it() {
    assertEquals(
        "database.url: expected jdbc:postgresql://host:port/name",
        assertThrows(
                IllegalArgumentException.class,
                () -> DatabaseSettings.of("postgres://ana:secret@host/db", "ana", "", 1))
            .getMessage());
  }

  @Test
  void settings_say_neither_password_nor_parameters() {
    String text =
        DatabaseSettings.of("jdbc:postgresql://host/db?password=url-secret", "ana", "secret", 3)
            .toString();

    assertEquals("DatabaseSettings[jdbc:postgresql://host/db, user ana, 3 connections]", text);
  }

  @Test
  void segments_are_shown_as_a_table() throws SQLException {
    DraftFixture draft = begun();
    draft.commit(draft.segment("one"));
    draft.commit(draft.updated("New title", null), draft.segment("two"));

    assertEquals(
        List.of("0|one|ana|2", "1|two|ana|4"),
        TestPostgres.query(
            settings,
            "select concat_ws('|', position, content, author_user_id, revision) from segment"
                + " where draft_id = '"
                + draft.id()
                + "' order by position"));
  }

  @Test
  void an_event_of_unknown_type_is_named_by_draft_and_revision() throws SQLException {
    assertCorrupt("version = 4", "unknown version 4");
    assertCorrupt("type = 'draft_praised'", "unknown type draft_praised");
  }

  @Test
  void broken_data_is_named_by_draft_and_revision() throws SQLException {
    assertCorrupt("data = '[]'", "no segment_id");
    assertCorrupt("data = data - 'content'", "no content");
    assertCorrupt("data = data || '{\"content\": 1}'", "content is no text");
    assertCorrupt("data = data || '{\"position\": 0.5}'", "position is no whole number");
    assertCorrupt("data = data || '{\"position\": 3000000000}'", "data that can't be read");
    assertCorrupt("data = data || '{\"position\": -1}'", "position: -1 (expected: 0 or more)");
  }

  @Test
  void a_broken_head_is_named_by_draft_and_revision() throws SQLException {
    DraftFixture draft = begun();
    TestPostgres.execute(
        settings, "update draft set holder_id = 'zed' where draft_id = '" + draft.id() + "'");

    assertEquals(
        "the head of draft "
            + draft.id()
            + " at revision 1: the ring is held by zed, who can't"
            + " write",
        assertThrows(
                CorruptHistoryException.class,
                () -> database.eventStore().load(draft.id(), Cast.ANA))
            .getMessage());
  }

  /** A row that can't be read betrays whoever reads it. */
  @Test
  void of_a_draft_that_a_stranger_may_not_see_no_row_is_read() throws SQLException {
    DraftFixture draft = begun();
    TestPostgres.execute(
        settings, "update draft set holder_id = 'zed' where draft_id = '" + draft.id() + "'");

    assertEquals(Optional.empty(), database.eventStore().load(draft.id(), Cast.ZED));
    assertEquals(
        Optional.empty(),
        database.eventStore().load(draft.id(), new CommandKey(Cast.ZED, "command")));
    assertEquals(Optional.empty(), database.catalog().summary(draft.id(), Cast.ZED));
    assertEquals(Optional.empty(), database.catalog().view(draft.id(), Cast.ZED));
  }

  /** Each update leaves its page number in the row's address; the index points to one page. */
  @Test
  void moving_a_head_on_stays_in_its_page() throws SQLException {
    DraftFixture draft = begun();
    String page =
        "select split_part(ctid::text, ',', 1) from draft where draft_id = '" + draft.id() + "'";
    List<String> before = TestPostgres.query(settings, page);
    for (int i = 0; i < 200; i++) {
      draft.commit(draft.segment("segment " + i));
    }

    assertEquals(before, TestPostgres.query(settings, page));
  }

  private static void assertCorrupt(String change, String what) throws SQLException {
    DraftFixture draft = begun();
    DraftEvent segment = draft.segment("words");
    draft.commit(segment);
    TestPostgres.execute(
        settings,
        "update draft_event set "
            + change
            + " where revision = 2 and draft_id = '"
            + draft.id()
            + "'");
    assertEquals(
        "draft " + draft.id() + ", revision 2: " + what,
        assertThrows(
                CorruptHistoryException.class,
                () -> database.eventStore().readAfter(draft.id(), 0, 10))
            .getMessage());
  }

  private static DraftFixture begun() {
    return DraftFixture.of(database.eventStore(), DraftFixture.freshId(), Cast.ANA).begun();
  }

  static String refusal(DatabaseSettings refused) {
    String message =
        String.valueOf(
            assertThrows(DatabaseRefusedException.class, () -> Database.open(refused))
                .getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static DatabaseSettings impatient(String url) {
    Duration second = Duration.ofSeconds(1);
    return DatabaseSettings.builder(url)
        .credentials("ana", "")
        .connectTimeout(second)
        .startTimeout(second)
        .build();
  }
}
