package dev.ringdraft.turn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.testing.Cast;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnPolicyTest {
  private final TurnPolicy defaults = TurnPolicy.defaults();

  @Test
  void a_draft_without_a_policy_has_turns_without_a_limit_that_end_by_hand() {
    assertEquals(new TurnPolicy(TurnOrder.MANUAL, null, null, 2), defaults);
    assertNull(defaults.deadlineFrom(Cast.NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 9, 2_592_001, Integer.MAX_VALUE})
  void a_turn_lasts_at_least_ten_seconds_and_at_most_thirty_days(int seconds) {
    assertEquals(
        "max_seconds: " + seconds + " (expected: 10..2592000, or null)",
        refused(() -> new TurnPolicy(TurnOrder.MANUAL, seconds, null, null)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1_001})
  void a_turn_has_one_segment_at_least_and_a_thousand_at_most(int segments) {
    assertEquals(
        "max_segments: " + segments + " (expected: 1..1000, or null)",
        refused(() -> defaults.ofSegments(segments)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void a_member_is_away_after_one_missed_turn_at_least_and_ten_at_most(int missed) {
    assertEquals(
        "away_after_missed: " + missed + " (expected: 1..10, or null)",
        refused(() -> defaults.awayAfter(missed)));
  }

  @Test
  void the_bounds_themselves_are_allowed_and_so_is_no_limit() {
    for (TurnOrder order : TurnOrder.values()) {
      assertDoesNotThrow(() -> new TurnPolicy(order, 10, 1, 1));
      assertDoesNotThrow(() -> new TurnPolicy(order, 2_592_000, 1_000, 10));
      assertDoesNotThrow(() -> new TurnPolicy(order, null, null, null));
    }
  }

  @Test
  void each_part_is_changed_by_itself() {
    assertEquals(
        new TurnPolicy(TurnOrder.ROUND_ROBIN, 90, 3, null),
        defaults
            .in(TurnOrder.ROUND_ROBIN)
            .lasting(Duration.ofSeconds(90))
            .ofSegments(3)
            .awayAfter(null));
  }

  @Test
  void a_deadline_is_so_many_seconds_after_the_start() {
    assertEquals(Cast.later(1), defaults.lasting(Duration.ofMinutes(1)).deadlineFrom(Cast.NOW));
  }

  private static String refused(Runnable policy) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, policy::run).getMessage());
  }
}
