package dev.ringdraft.rest;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.DRAFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.testing.Events;
import dev.ringdraft.view.DraftSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member reads a draft as it was at any revision. */
class PastDraftTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void each_revision_reads_as_it_did_when_it_was_the_present_one() {
    String path = "/drafts/" + cast.ana.startsADraft();
    List<Answer> then = new ArrayList<>();
    then.add(cast.ana.get(path).mustBe(200));
    for (Runnable change : changes(path.substring("/drafts/".length()))) {
      change.run();
      then.add(cast.ana.get(path).mustBe(200));
    }
    for (Answer present : then) {
      Answer past = cast.ana.get(path + "?revision=" + present.at("/data/revision")).mustBe(200);
      past.mustRead(present.body());
      assertEquals(present.header("ETag"), past.header("ETag"));
      assertEquals("private, no-cache", past.header("Cache-Control"));
    }
  }

  private List<Runnable> changes(String draft) {
    String path = "/drafts/" + draft;
    return List.of(
        () -> cast.ana.appends("The lamps", draft).mustBe(201),
        () -> cast.ana.adds("ben", "contributor", draft),
        () -> cast.ana.adds("vera", "viewer", draft),
        () -> cast.ben.post(path + "/ring-requests", "{}").mustBe(201),
        () -> cast.ana.passesTo("ben", draft).mustBe(200),
        () -> cast.ben.appends("go out", draft).mustBe(201),
        () -> cast.ana.patch(path, "{\"title\":\"Dawn\"}").mustBe(200),
        () -> cast.ana.delete(path + "/collaborators/vera").mustBe(204),
        () -> cast.ana.patch(path, "{\"status\":\"completed\"}").mustBe(200));
  }

  @Test
  void the_past_is_shown_with_its_own_last_segments() {
    String draft = cast.draft();
    for (String text : List.of("one", "two", "three")) {
      cast.ana.appends(text, draft).mustBe(201);
    }
    Answer past = cast.ben.get("/drafts/" + draft + "?revision=6&last_segments=1").mustBe(200);
    assertEquals(1, past.json().at("/data/segments").size());
    assertEquals("two", past.at("/data/segments/0/content"));
    assertEquals("2", past.at("/data/segment_count"));
  }

  @Test
  void a_revision_that_the_draft_has_not_reached_is_refused_with_the_limit() {
    String path = "/drafts/" + cast.draft() + "?revision=";
    for (String revision : List.of("5", "9".repeat(30))) {
      cast.ana
          .get(path + revision)
          .mustRefuse("revision", "\"%s\" (expected: a whole number, 1..4)".formatted(revision));
    }
    for (String revision : List.of("0", "-1", "last", "1.5", "")) {
      cast.ana
          .get(path + revision)
          .mustRefuse(
              "revision", "\"%s\" (expected: a whole number, 1 or more)".formatted(revision));
    }
    cast.ana.get(path + "1&revision=2").mustRefuse("revision", "2 of them (expected: 1)");
  }

  @Test
  void who_has_a_past_revision_gets_304_without_a_read_of_events() {
    String path = "/drafts/" + cast.draft();
    String tag = "\"" + cast.epoch() + ".2\"";
    int before = cast.server.store().reads();
    Answer same = cast.ben.get(path + "?revision=2", "If-None-Match", tag).mustBe(304);
    assertEquals(tag, same.header("ETag"));
    assertEquals(1, cast.server.store().reads() - before);
    cast.ben.get(path, "If-None-Match", tag).mustBe(200);
    cast.ben.get(path + "?revision=3", "If-None-Match", tag).mustBe(200);
  }

  @Test
  void a_present_member_alone_reads_the_past() {
    String path = "/drafts/" + cast.draft();
    assertEquals("1", cast.vera.get(path + "?revision=1").mustBe(200).at("/data/revision"));
    cast.ana.delete(path + "/collaborators/ben").mustBe(204);
    cast.ben.get(path + "?revision=3").mustBe(ProblemCode.NOT_FOUND);
    cast.stranger.get(path + "?revision=99").mustBe(ProblemCode.NOT_FOUND);
    cast.stranger.get("/drafts/no-such?revision=1").mustBe(ProblemCode.NOT_FOUND);
  }

  @Test
  void a_long_past_is_read_in_slices() {
    String draft = cast.draft();
    for (int i = 0; i < 1_100; i++) {
      cast.ana.patch("/drafts/" + draft, "{\"title\":\"Title %d\"}".formatted(i)).mustBe(200);
    }
    cast.ana.get("/drafts/" + draft + "?revision=1004&last_segments=0").mustBe(200);
    Answer past = cast.ana.get("/drafts/" + draft + "?revision=1004").mustBe(200);
    assertEquals("Title 999", past.at("/data/title"));
    assertTrue(cast.server.store().longestRead() <= 1_000);
  }

  @Test
  void a_past_beyond_100_000_events_is_refused_and_the_present_is_not() {
    List<DraftEvent> log = new ArrayList<>(List.of(Events.created()));
    DraftSummary after = DraftSummary.startedBy(new RecordedEvent(DRAFT, 1, log.getFirst()));
    for (int revision = 2; revision <= 100_002; revision++) {
      DraftEvent next = Events.titled("Title " + revision);
      log.add(next);
      after = after.after(new RecordedEvent(DRAFT, revision, next));
    }
    CommandKey key = new CommandKey(ANA, "k");
    cast.server.store().append(new Commit(DRAFT, 0, key, "f", after, log));
    String path = "/drafts/" + DRAFT + "?revision=";

    assertEquals("Title 100000", cast.ana.get(path + 100_000).mustBe(200).at("/data/title"));
    assertEquals("Title 100002", cast.ana.get(path + 100_002).mustBe(200).at("/data/title"));
    cast.ana.get(path + 100_001).mustRefuse("revision", "100001 (expected: 1..100000 or 100002)");
  }
}
