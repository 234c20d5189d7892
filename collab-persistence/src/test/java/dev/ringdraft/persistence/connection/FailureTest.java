package dev.ringdraft.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "23505"})
  void whoever_was_outrun_decides_again(String state) {
    assertEquals(Failure.CONFLICT, Failure.of(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"53100", "53200", "53300", "55P03", "57014", "25006"})
  void a_server_that_could_not_has_undone_it(String state) {
    assertEquals(Failure.UNAVAILABLE, Failure.of(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "22P02", "23502", "25P02", "23514", "42703", "42501", "0A000"})
  void a_statement_that_can_never_succeed_is_a_fault(String state) {
    assertEquals(Failure.REFUSED, Failure.of(state));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"08006", "08003", "08P01", "40003", "57P01", "57P02", "57P03", "58030", "XX000"})
  void a_server_that_did_not_get_to_say_leaves_it_in_doubt(String state) {
    assertEquals(Failure.IN_DOUBT, Failure.of(state));
  }

  @Test
  void an_error_without_a_state_leaves_it_in_doubt() {
    assertEquals(Failure.IN_DOUBT, Failure.of((String) null));
  }
}
