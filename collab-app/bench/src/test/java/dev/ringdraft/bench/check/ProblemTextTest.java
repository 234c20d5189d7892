package dev.ringdraft.bench.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTextTest {
  @Test
  void a_problem_is_told_by_its_detail() {
    assertEquals(
        "404 there is no such draft",
        ProblemText.of(404, "{\"detail\":\"there is no such draft\",\"code\":\"not_found\"}"));
  }

  @Test
  void a_limit_is_told_with_the_key_to_raise() {
    assertEquals(
        "409 the draft has 100 collaborators; raise limit.collaborators-max-count of the server",
        ProblemText.of(
            409, "{\"detail\":\"the draft has 100 collaborators\",\"code\":\"draft_full\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "this draft, limit.connections-per-draft-max-count",
    "this user, limit.connections-per-user-max-count",
    "this server, limit.connections-max-count"
  })
  void of_the_limits_on_connections_the_one_that_was_reached_is_named(String whose, String key) {
    String detail = whose + " has 500 sockets open, and may have no more; close one";

    assertEquals(
        "429 %s; raise %s of the server".formatted(detail, key),
        ProblemText.of(
            429, "{\"detail\":\"%s\",\"code\":\"too_many_connections\"}".formatted(detail)));
  }

  @Test
  void what_is_no_problem_is_told_as_it_is() {
    assertEquals("502 bad gateway", ProblemText.of(502, "bad gateway\n"));
  }
}
