package dev.ringdraft.persistence.store;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.FIRST_TURN;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.later;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.turn.Attendance;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of the column {@code draft.turns}. */
class StoredTurnsTest {
  @Test
  void turns_are_written_as_the_migration_writes_them() {
    assertEquals(
        "{'policy':{'order':'manual','away_after_missed':2},'started_at':'2026-11-23T12:00:00.123Z',"
            .concat("'first_position':0,'requests':[],'members':{'ana':{'last_term':1}}}")
            .replace('\'', '"'),
        StoredTurns.write(FIRST_TURN));
  }

  @ParameterizedTest
  @EnumSource
  void turns_are_read_as_they_were_written(TurnOrder order) {
    Turns turns =
        new Turns(
            new TurnPolicy(order, 10, 1_000, null),
            later(7),
            12,
            List.of(new RingRequest(CLEO, later(1)), new RingRequest(ANA, NOW)),
            Map.of(
                ANA, new Attendance(3, 1, false),
                BEN, new Attendance(4, 0, true),
                CLEO, new Attendance(0, 0, true)));

    assertEquals(turns, StoredTurns.read(StoredTurns.write(turns)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[",
        "{'policy':{'order':'by_chance'},'started_at':'2026-11-23T12:00:00Z','first_position':0,"
            + "'requests':[],'members':{}}",
        "{'policy':{'order':'manual'},'started_at':'noon','first_position':0,"
            + "'requests':[],'members':{}}",
        "{'policy':{'order':'manual','max_seconds':1},'started_at':'2026-11-23T12:00:00Z',"
            + "'first_position':0,'requests':[],'members':{}}"
      })
  void anything_else_is_refused(String stored) {
    assertThrows(IllegalArgumentException.class, () -> StoredTurns.read(stored.replace('\'', '"')));
  }
}
