package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.member.Role;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.presence.Present;
import dev.ringdraft.testing.Cast;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A service gives its own connections and keeps them. */
@Timeout(60)
class ServiceConnectionsTest {
  private DatabaseSettings settings;
  private PGSimpleDataSource connections;

  @BeforeEach
  void createDatabase() {
    settings = TestPostgres.emptyDatabase();
    connections = new PGSimpleDataSource();
    connections.setURL(settings.url());
    connections.setUser(settings.user());
    connections.setPassword(settings.password());
  }

  @Test
  void a_schema_that_is_not_up_to_date_is_refused_unless_it_may_be_migrated() {
    String message =
        String.valueOf(
            assertThrows(DatabaseRefusedException.class, () -> Database.of(connections).validate())
                .getMessage());
    assertTrue(message.endsWith("its schema is not up to date; call migrate"), message);

    Database.of(connections).migrate().close();

    try (Database database = Database.of(connections).validate()) {
      write(database);
    }
  }

  @Test
  void the_tables_may_have_a_schema_of_their_own() throws SQLException {
    try (Database database = Database.of(connections).schema("drafts").migrate()) {
      DraftFixture draft = write(database);
      publishPresence(database, draft);
    }

    assertEquals(
        List.of(
            "draft",
            "draft_event",
            "draft_member",
            "history",
            "presence",
            "presence_server",
            "turn_watch"),
        TestPostgres.query(
            settings,
            "select tablename from pg_tables where schemaname = 'drafts'"
                + " and tablename <> 'ringdraft_migration' order by tablename"));
    assertEquals(
        List.of(),
        TestPostgres.query(
            settings, "select tablename from pg_tables where schemaname = 'public'"));
  }

  @Test
  void two_schemas_of_one_database_do_not_share_drafts() {
    try (Database one = Database.open(settings.toBuilder().schema("one").build());
        Database other = Database.open(settings.toBuilder().schema("other").build())) {
      DraftFixture draft = write(one);

      assertEquals(Map.of(), other.eventStore().heads(List.of(draft.id())));
    }
  }

  private static DraftFixture write(Database database) {
    DraftFixture draft =
        DraftFixture.of(database.eventStore(), DraftFixture.freshId(), Cast.ANA).begun();
    draft.commit(draft.added(Cast.BEN, Role.CONTRIBUTOR));
    draft.commit(draft.segment("words"));
    draft.commit(draft.removed(Cast.BEN));
    assertEquals(draft.events(), database.eventStore().readAfter(draft.id(), 0, 100));
    assertEquals(draft.summary(), database.catalog().summary(draft.id(), Cast.ANA).orElseThrow());
    assertEquals(1, database.catalog().view(draft.id()).orElseThrow().segments().size());
    assertEquals(
        Map.of(draft.id(), draft.revision()), database.eventStore().heads(List.of(draft.id())));
    return draft;
  }

  private static void publishPresence(Database database, DraftFixture draft) {
    PresenceState here =
        new PresenceState(List.of(new Present(Cast.ANA, 1, Cast.NOW, Activity.VIEWING)), 0);
    PresenceStore one = database.presenceStore();
    one.publish(Map.of(draft.id(), here));
    assertEquals(
        Map.of(draft.id(), here), database.presenceStore().readOthers(List.of(draft.id())));
    one.publish(Map.of());
  }
}
