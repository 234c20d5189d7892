package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.rest.stream.EventPage;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.wire.EventJson;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading the log. */
class EventsTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void events_are_polled_to_the_byte_as_they_are_pushed() {
    String draft = cast.draft();
    cast.ana.appends("\\u2028 \\u007f 🏮 \\\"quoted\\\" </script>", draft).mustBe(201);
    cast.ana.passesTo("ben", draft).mustBe(200);
    String pushed =
        cast.server.store().readAfter(new DraftId(draft), 0, 100).stream()
            .map(EventJson::of)
            .collect(Collectors.joining(","));
    assertEquals(
        "{\"data\":[%s],\"revision\":6,\"epoch\":\"%s\"}".formatted(pushed, cast.epoch()),
        cast.vera.get("/drafts/" + draft + "/events").mustBe(200).body());
  }

  @Test
  void an_event_happens_at_a_whole_millisecond() {
    DraftId draft = new DraftId(cast.ana.startsADraft());
    assertEquals(
        RestServer.NOW, cast.server.store().readAfter(draft, 0, 1).getFirst().event().at());
  }

  @Test
  void a_page_begins_behind_the_revision_that_is_known() {
    String path = "/drafts/" + cast.draft() + "/events";
    Answer page = cast.ben.get(path + "?after=1&limit=2").mustBe(200);
    assertEquals(2, page.json().get("data").size());
    assertEquals("2", page.at("/data/0/revision"));
    assertEquals("4", page.at("/revision"));
    for (String beyond : List.of("4", "1000", "9".repeat(40))) {
      Answer empty = cast.ben.get(path + "?after=" + beyond).mustBe(200);
      assertEquals(0, empty.json().get("data").size());
      assertEquals("4", empty.at("/revision"));
    }
  }

  @Test
  void a_page_of_events_is_at_most_500_long() {
    String path = "/drafts/" + draftOf(502) + "/events";
    assertEquals(500, cast.ana.get(path).json().get("data").size());
    assertEquals(500, cast.ana.get(path + "?limit=1000").json().get("data").size());
  }

  @Test
  void a_long_page_is_read_in_slices_and_is_the_same_to_the_byte() {
    int head = 2 * EventPage.SLICE + 1;
    String draft = draftOf(head);
    String path = "/drafts/" + draft + "/events?after=";
    for (int after : List.of(0, 1, EventPage.SLICE, head - 1, head)) {
      assertEquals(page(draft, after, head, head), cast.ana.get(path + after).body());
    }
    int limit = EventPage.SLICE + 1;
    assertEquals(page(draft, 0, limit, head), cast.ana.get(path + "0&limit=" + limit).body());
    assertEquals(EventPage.SLICE, cast.server.store().longestRead());
  }

  private String page(String draft, int after, int limit, int head) {
    String events =
        IntStream.rangeClosed(after + 1, Math.min(head, after + limit))
            .mapToObj(
                revision ->
                    cast.server.store().readAfter(new DraftId(draft), revision - 1, 1).getFirst())
            .map(EventJson::of)
            .collect(Collectors.joining(","));
    return "{\"data\":[%s],\"revision\":%d,\"epoch\":\"%s\"}".formatted(events, head, cast.epoch());
  }

  @Test
  void a_page_that_breaks_off_does_not_look_like_a_whole_one() {
    String path = "/drafts/" + draftOf(3 * EventPage.SLICE) + "/events";
    int admissionAndTwoSlices = 3;
    cast.server.store().failReadsAfter(admissionAndTwoSlices);

    CompletionException cut =
        assertThrows(CompletionException.class, () -> cast.ana.starts(path).join());

    assertInstanceOf(IOException.class, cut.getCause());
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
  }

  @Test
  void a_page_that_can_not_even_begin_is_a_problem_like_any_other() {
    String path = "/drafts/" + draftOf(3) + "/events";
    int admission = 1;
    cast.server.store().failReadsAfter(admission);

    cast.ana.get(path).mustBe(ProblemCode.UNAVAILABLE);
  }

  /** A draft at this revision. */
  private String draftOf(int head) {
    String draft = cast.ana.startsADraft();
    for (int revision = 2; revision <= head; revision++) {
      cast.ana.appends("x", draft).mustBe(201);
    }
    return draft;
  }

  @Test
  void positions_that_make_no_sense_are_named() {
    String path = "/drafts/" + cast.draft() + "/events";
    cast.ana
        .get(path + "?after=-1")
        .mustRefuse("after", "\"-1\" (expected: a whole number, 0 or more)");
    cast.ana
        .get(path + "?after=x")
        .mustRefuse("after", "\"x\" (expected: a whole number, 0 or more)");
    cast.ana
        .get(path + "?limit=0")
        .mustRefuse("limit", "\"0\" (expected: a whole number, 1 or more)");
  }
}
