package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.testing.Cast;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that lacks what the store needs is refused at the start, in one line. */
@Timeout(60)
class ServerCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "LATIN9", "WIN1252", "SQL_ASCII"})
  void a_database_of_another_encoding_is_refused(String encoding) throws SQLException {
    DatabaseSettings settings =
        TestPostgres.emptyDatabase("encoding '" + encoding + "' lc_collate 'C' lc_ctype 'C'");

    String message = DatabaseTest.refusal(settings);

    assertTrue(
        message.endsWith(
            "can't be used: its encoding is "
                + encoding
                + " (expected: UTF8); create another database with encoding 'UTF8' template"
                + " template0"),
        message);
  }

  @Test
  void a_database_without_standard_strings_is_refused() throws SQLException {
    assertTrue(
        refusal("standard_conforming_strings = off").contains("standard_conforming_strings"));
  }

  @Test
  void a_read_only_database_is_refused() throws SQLException {
    assertTrue(refusal("default_transaction_read_only = on").contains("targetServerType=primary"));
  }

  @Test
  void a_user_without_a_privilege_is_refused_and_the_privilege_named() throws SQLException {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    String user = "user_" + UUID.randomUUID().toString().substring(0, 8);
    TestPostgres.execute(
        settings,
        """
        create role %1$s login password 'secret';
        grant select on history, ringdraft_migration to %1$s;
        grant select, insert, update on draft, turn_watch to %1$s;
        grant select, insert, delete on draft_member to %1$s;
        grant select on draft_event to %1$s;
        grant select, insert, update, delete on presence_server, presence to %1$s;
        """
            .formatted(user));
    DatabaseSettings limited = settings.toBuilder().credentials(user, "secret").poolSize(1).build();

    assertTrue(
        DatabaseTest.refusal(limited)
            .endsWith("the user lacks the privilege to insert on draft_event; grant it"));

    TestPostgres.execute(settings, "grant insert on draft_event to " + user);
    Database.open(limited).close();
    TestPostgres.execute(settings, "drop owned by %1$s; drop role %1$s".formatted(user));
  }

  /** Instants are sent with their offset, so settings of time and dates change nothing. */
  @Test
  void time_zone_and_date_style_of_the_database_change_nothing() throws SQLException {
    DatabaseSettings settings = TestPostgres.emptyDatabase();
    alter(settings, "timezone = 'Pacific/Chatham'");
    alter(settings, "datestyle = 'SQL, DMY'");
    alter(settings, "intervalstyle = 'sql_standard'");
    try (Database database = Database.open(settings)) {
      DraftFixture draft =
          DraftFixture.of(database.eventStore(), DraftFixture.freshId(), Cast.ANA).begun();
      draft.commit(draft.segment("words"));

      assertEquals(draft.events(), database.eventStore().readAfter(draft.id(), 0, 10));
      assertEquals(
          draft.summary(),
          database.eventStore().load(draft.id(), Cast.ANA).orElseThrow().summary());
    }
  }

  private static String refusal(String setting) throws SQLException {
    DatabaseSettings settings = TestPostgres.emptyDatabase();
    alter(settings, setting);
    return DatabaseTest.refusal(settings);
  }

  private static void alter(DatabaseSettings settings, String setting) throws SQLException {
    String name = settings.address().substring(settings.address().lastIndexOf('/') + 1);
    TestPostgres.execute(settings, "alter database " + name + " set " + setting);
  }
}
