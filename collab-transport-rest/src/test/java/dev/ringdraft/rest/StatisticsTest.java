package dev.ringdraft.rest;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.titled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.rest.DegradableStore.Fault;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.util.ArrayList;
import java.util.List;
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
    List<RecordedEvent> log = new ArrayList<>(List.of(new RecordedEvent(DRAFT, 1, created())));
    for (int revision = 2; revision <= 1_104; revision++) {
      log.add(new RecordedEvent(DRAFT, revision, titled("Title " + revision)));
    }
    CommandKey key = new CommandKey(ANA, "k");
    List<DraftEvent> events = log.stream().map(RecordedEvent::event).toList();
    DraftSummary after = DraftView.replay(log).summary();
    cast.server.store().append(new Commit(DRAFT, 0, key, "f", after, events));

    assertEquals("1104", cast.ana.get("/drafts/" + DRAFT + "/stats").at("/data/revision"));
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
