package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.DegradableStore.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member reads the figures of a draft. */
class StatisticsTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void the_figures_have_a_documented_body() {
    String draft = cast.draft();
    cast.ana.appends("The lamps go out", draft).mustBe(201);
    cast.ana.passesTo("ben", draft).mustBe(200);
    cast.ben.appends("one by one", draft).mustBe(201);
    cast.ben.passesTo("ana", draft).mustBe(200);
    cast.vera
        .get("/drafts/" + draft + "/stats")
        .mustBe(200)
        .mustRead(
            """
            {"data": {"revision": 8, "epoch": "%s", "segments": 2, "words": 7,
              "contributors": [{"user_id": "ana", "segments": 1, "words": 4},
                {"user_id": "ben", "segments": 1, "words": 3}],
              "passes": 2, "passes_in_last_day": 2,
              "mean_ms_between_passes": 0, "median_ms_between_passes": 0,
              "longest_hold": {"user_id": "ana", "term": 1, "ms": 0},
              "last_activity_at": "2026-11-23T12:00:00.123Z"}}
            """
                .formatted(cast.epoch()));
  }

  @Test
  void without_two_passes_there_is_no_time_between_them() {
    Answer figures = cast.ana.get("/drafts/" + cast.draft() + "/stats").mustBe(200);
    assertEquals(true, figures.json().at("/data/mean_ms_between_passes").isNull());
    assertEquals(true, figures.json().at("/data/median_ms_between_passes").isNull());
  }

  @Test
  void a_long_log_is_read_in_slices() {
    String draft = cast.draft();
    for (int i = 0; i < 1_100; i++) {
      cast.ana.patch("/drafts/" + draft, "{\"title\":\"Title %d\"}".formatted(i)).mustBe(200);
    }
    assertEquals("1104", cast.ana.get("/drafts/" + draft + "/stats").at("/data/revision"));
    assertEquals(500, cast.server.store().longestRead());
  }

  @Test
  void a_stranger_finds_no_figures_and_an_outage_is_named() {
    String path = "/drafts/" + cast.draft() + "/stats";
    cast.stranger.get(path).mustBe(ProblemCode.NOT_FOUND);
    cast.server.store().failWith(Fault.UNREACHABLE);
    cast.ana.get(path).mustBe(ProblemCode.UNAVAILABLE);
  }
}
