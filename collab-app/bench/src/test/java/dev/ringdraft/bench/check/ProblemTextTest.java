package dev.ringdraft.bench.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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

  @Test
  void what_is_no_problem_is_told_as_it_is() {
    assertEquals("502 bad gateway", ProblemText.of(502, "bad gateway\n"));
  }
}
