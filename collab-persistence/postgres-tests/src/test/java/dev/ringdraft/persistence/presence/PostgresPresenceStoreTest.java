package dev.ringdraft.persistence.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.CuttableWire;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.presence.Present;
import dev.ringdraft.testing.Concurrently;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers at one board. */
@Timeout(60)
class PostgresPresenceStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
  private static final DraftId TALE = new DraftId("tale");
  private static final DraftId SONG = new DraftId("song");
  private static final Present ANA = person("ana", 1);
  private static final Present BEN =
      new Present(new UserId("ben \"b\" 🐉"), 0, NOON.plusMillis(1), Activity.TYPING);

  private static DatabaseSettings settings;
  private static Database database;

  private PresenceStore ofOne;
  private PresenceStore ofOther;

  @BeforeAll
  static void open() {
    settings = TestPostgres.freshDatabase();
    database = Database.open(settings);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void comeToAnEmptyBoard() throws SQLException {
    TestPostgres.execute(settings, "truncate presence_server cascade");
    ofOne = database.presenceStore();
    ofOther = database.presenceStore();
  }

  private static Present person(String name, int connections) {
    return new Present(new UserId(name), connections, NOON, Activity.VIEWING);
  }

  private static PresenceState people(Present... people) {
    return new PresenceState(List.of(people), 0);
  }

  @Test
  void what_one_shows_the_other_sees_to_the_last_field_and_one_does_not() {
    PresenceState state = new PresenceState(List.of(ANA, BEN), 7);
    ofOne.publish(Map.of(TALE, state));

    assertEquals(Map.of(TALE, state), ofOther.readOthers(Set.of(TALE, SONG)));
    assertEquals(Map.of(), ofOne.readOthers(Set.of(TALE)));
    assertEquals(Map.of(), ofOther.readOthers(Set.of(SONG)));
    assertEquals(Map.of(), ofOther.readOthers(Set.of()));
  }

  @Test
  void what_is_shown_takes_the_place_of_what_was() {
    ofOne.publish(Map.of(TALE, people(ANA), SONG, people(ANA)));
    ofOne.publish(Map.of(TALE, people(BEN)));

    assertEquals(Map.of(TALE, people(BEN)), ofOther.readOthers(Set.of(TALE, SONG)));
    ofOne.publish(Map.of());
    assertEquals(Map.of(), ofOther.readOthers(Set.of(TALE, SONG)));
  }

  @Test
  void those_at_several_other_servers_are_seen_together() {
    ofOne.publish(Map.of(TALE, people(ANA)));
    ofOther.publish(Map.of(TALE, people(person("ana", 2), BEN)));

    assertEquals(
        Map.of(TALE, people(person("ana", 3), BEN)),
        database.presenceStore().readOthers(Set.of(TALE)));
  }

  @Test
  void what_has_not_changed_is_not_written_again() throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA), SONG, people(ANA)));
    String versions = "select concat(draft_id, ' ', xmin) from presence order by draft_id desc";
    List<String> before = TestPostgres.query(settings, versions);
    ofOne.publish(Map.of(TALE, people(ANA), SONG, people(BEN)));

    List<String> after = TestPostgres.query(settings, versions);
    assertEquals(before.getFirst(), after.getFirst());
    assertNotEquals(before.getLast(), after.getLast());
  }

  @Test
  void a_server_that_died_is_gone_when_its_lease_has_ended_and_the_next_clears_it_away()
      throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA)));
    assertEquals(
        List.of("t"),
        TestPostgres.query(
            settings,
            "select alive_until between now() + interval '1 second'"
                + " and now() + interval '10 seconds' from presence_server"));
    endLeases();
    assertEquals(Map.of(), ofOther.readOthers(Set.of(TALE)));

    ofOther.publish(Map.of(SONG, people(BEN)));
    assertEquals(List.of("song"), TestPostgres.query(settings, "select draft_id from presence"));
    assertEquals(
        List.of("1"), TestPostgres.query(settings, "select count(*) from presence_server"));
  }

  @Test
  void a_server_that_paused_longer_than_its_lease_is_seen_again_as_it_was() throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA)));
    endLeases();
    ofOther.publish(Map.of(SONG, people(BEN)));

    ofOne.publish(Map.of(TALE, people(ANA)));

    assertEquals(Map.of(TALE, people(ANA)), ofOther.readOthers(Set.of(TALE)));
    assertEquals(Map.of(SONG, people(BEN)), ofOne.readOthers(Set.of(SONG)));
  }

  @Test
  void after_a_crash_of_the_database_all_is_shown_again() throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA)));
    TestPostgres.execute(
        settings, "truncate presence_server cascade"); // as unlogged tables are found after it

    ofOne.publish(Map.of(TALE, people(ANA)));

    assertEquals(Map.of(TALE, people(ANA)), ofOther.readOthers(Set.of(TALE)));
  }

  @Test
  void a_failure_is_told_and_what_it_leaves_open_is_written_again() throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA)));
    TestPostgres.execute(settings, "alter table presence rename to absent");
    assertThrows(
        IllegalStateException.class,
        () -> ofOne.publish(Map.of(TALE, people(BEN), SONG, people(BEN))));
    TestPostgres.execute(settings, "alter table absent rename to presence");
    TestPostgres.execute(settings, "update presence set state = '{\"users\": [], \"others\": 9}'");

    ofOne.publish(Map.of(TALE, people(ANA)));

    assertEquals(Map.of(TALE, people(ANA)), ofOther.readOthers(Set.of(TALE, SONG)));
  }

  @Test
  void a_database_that_is_away_is_told_as_such() throws Exception {
    try (CuttableWire wire = CuttableWire.to(settings);
        Database cut = Database.open(wire.nearEnd(settings, 2))) {
      PresenceStore board = cut.presenceStore();
      board.publish(Map.of(TALE, people(ANA)));
      wire.takeDown();
      assertThrows(StoreUnavailableException.class, () -> board.publish(Map.of(TALE, people(BEN))));
      assertThrows(StoreUnavailableException.class, () -> board.readOthers(Set.of(TALE)));
    }
  }

  @Test
  void many_servers_that_come_at_once_all_find_a_place() throws SQLException {
    ofOne.publish(Map.of(TALE, people(ANA)));
    ofOther.publish(Map.of(SONG, people(ANA)));
    endLeases();
    List<PresenceStore> boards = Stream.generate(database::presenceStore).limit(4).toList();
    Concurrently.atOnce(
        4,
        i -> {
          for (int round = 0; round < 20; round++) {
            boards.get(i).publish(crowded(i, round));
          }
          return i;
        });
    PresenceState seen = ofOne.readOthers(Set.of(TALE)).getOrDefault(TALE, PresenceState.EMPTY);
    assertEquals(4, seen.users().size());
    assertEquals(80, seen.users().stream().mapToInt(Present::connections).sum());
  }

  private static Map<DraftId, PresenceState> crowded(int server, int round) {
    Map<DraftId, PresenceState> here = new HashMap<>();
    here.put(TALE, people(person("user-" + server, round + 1)));
    for (int i = 0; i < 50; i++) {
      here.put(new DraftId("d" + (i + round) % 60), people(person("user-" + server, round + 1)));
    }
    return here;
  }

  private static void endLeases() throws SQLException {
    TestPostgres.execute(
        settings, "update presence_server set alive_until = now() - interval '1 millisecond'");
  }
}
