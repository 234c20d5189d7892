package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.config.WaitSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.wire.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events as server-sent events. */
class EventStreamTest {
  private static final DraftLimits LONG_TEXTS = new DraftLimits(200, 60_000, 100, 10_000);

  private final SharedDraft cast =
      SharedDraft.on(
          RestServer.start(
              RestServer.settings(LONG_TEXTS).toBuilder()
                  .waits(new WaitSettings(Duration.ofSeconds(30), Duration.ofMillis(300), 20))
                  .build()));
  private final String draft = cast.draft();

  @AfterEach
  void stop() {
    cast.close();
  }

  private Stream stream(String user, String query, String... headers) throws IOException {
    return Stream.of(cast.server, user, draft + "/events" + query, headers);
  }

  /** The events after a revision, as a stream shows them. */
  private List<String> expected(long after) {
    return cast.server.store().readAfter(new DraftId(draft), after, 10_000).stream()
        .map(e -> "id: %d\ndata: %s\n".formatted(e.revision(), EventJson.of(e)))
        .toList();
  }

  @Test
  void a_stream_shows_the_log_and_then_what_comes_as_it_is_pushed() throws IOException {
    try (Stream stream = stream("ben", "").begins()) {
      assertEquals("text/event-stream", stream.header("content-type"));
      assertEquals("no-store", stream.header("cache-control"));
      assertEquals("nosniff", stream.header("x-content-type-options"));
      assertEquals("Authorization, X-User-Id, Accept-Encoding", stream.header("vary"));
      assertEquals(cast.epoch(), stream.header("x-epoch"));
      assertFalse(stream.header("x-request-id").isEmpty());
      assertEquals(expected(0), stream.events(4));
      cast.ana.appends("\\u2028 \\n 🏮", draft).mustBe(201);
      assertEquals(expected(4), stream.events(1));
    }
  }

  @Test
  void a_stream_ends_with_its_token_and_goes_on_under_the_next() throws IOException {
    try (Stream stream = stream("ben@1500", "?after=3").begins()) {
      assertEquals(expected(3), stream.events(1));
      assertTrue(stream.rest().endsWith("0\n\n"));
    }
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
    try (Stream next = stream("ben@600000", "?after=3").begins()) {
      assertEquals(expected(3), next.events(1));
      cast.ana.appends("one", draft).mustBe(201);
      assertEquals(expected(4), next.events(1));
    }
  }

  @Test
  void a_stream_goes_on_from_the_last_event_that_was_seen() throws IOException {
    cast.ana.appends("one", draft).mustBe(201);
    try (Stream stream = stream("ben", "?after=1", "Last-Event-ID: 3").begins();
        Stream other = stream("ben", "?after=4").begins()) {
      assertEquals(expected(3), stream.events(2));
      assertEquals(expected(4), other.events(1));
    }
  }

  @Test
  void a_stream_from_far_behind_goes_through_the_log() throws IOException {
    for (int i = 0; i < 1_200; i++) {
      cast.ana.appends("x", draft).mustBe(201);
    }
    try (Stream stream = stream("ben", "?after=0").begins()) {
      assertEquals(expected(0), stream.events(1_204));
    }
  }

  @Test
  void a_position_that_is_not_in_the_log_is_answered_with_snapshot_required() throws IOException {
    String told = "id: 4\ndata: %s\n".formatted(goldenFrame("snapshot_required"));
    try (Stream ahead = stream("ben", "", "Last-Event-ID: 5").begins();
        Stream farAhead = stream("ben", "?after=999999999999999999999").begins();
        Stream elsewhere = stream("ben", "?after=2&epoch=another").begins()) {
      for (Stream stream : List.of(ahead, farAhead, elsewhere)) {
        assertEquals(List.of(told), stream.events(1));
      }
      cast.ana.appends("five", draft).mustBe(201);
      for (Stream stream : List.of(ahead, farAhead, elsewhere)) {
        assertEquals(expected(4), stream.events(1));
      }
    }
    try (Stream back = stream("ben", "", "Last-Event-ID: 4").begins();
        Stream known = stream("ben", "?after=4&epoch=" + cast.epoch()).begins()) {
      assertEquals(expected(4), back.events(1));
      assertEquals(expected(4), known.events(1));
    }
  }

  private static String goldenFrame(String type) throws IOException {
    return Files.readString(Path.of("../docs/protocol/frames/%s.json".formatted(type))).strip();
  }

  @Test
  void a_quiet_stream_shows_that_it_is_alive() throws IOException {
    try (Stream stream = stream("ben", "?after=4").begins()) {
      for (int i = 0; i < 6; i++) {
        stream.comment();
      }
    }
  }

  @Test
  void a_stream_outlives_what_connections_without_requests_are_given() throws IOException {
    RestSettings settings =
        RestServer.settings(DraftLimits.defaults()).toBuilder()
            .waits(new WaitSettings(Duration.ofSeconds(30), Duration.ofMillis(300), 20))
            .build();
    try (SharedDraft brief = SharedDraft.on(RestServer.start(settings, Duration.ofSeconds(1)))) {
      String quiet = brief.draft();
      try (Stream stream = Stream.of(brief.server, "ben", quiet + "/events?after=4").begins()) {
        for (int i = 0; i < 10; i++) {
          stream.comment();
        }
        brief.ana.appends("one", quiet).mustBe(201);
        assertEquals(1, stream.events(1).size());
      }
    }
  }

  @Test
  void what_a_client_sends_behind_its_request_is_not_answered() throws IOException {
    try (Stream stream = stream("ben", "?after=4").begins()) {
      stream.send("GET /v1/collab/session HTTP/1.1\r\nHost: localhost\r\n\r\n");
      stream.comment();
      cast.ana.appends("one", draft).mustBe(201);
      assertEquals(expected(4), stream.events(1));
      cast.server.hub().close();
      assertFalse(stream.rest().contains("HTTP/1.1"));
    }
  }

  @Test
  void a_client_who_goes_is_noticed_at_once_and_leaves_nothing_behind() throws IOException {
    Stream stream = stream("ben", "").begins();
    stream.events(4);
    stream.close();
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
    Duration stop = cast.server.drain();
    assertTrue(stop.toSeconds() < 10, () -> "the request counted as under way: " + stop);
  }

  @Test
  void a_member_who_is_removed_sees_the_end_of_the_stream() throws IOException {
    try (Stream stream = stream("ben", "?after=4").begins()) {
      stream.comment();
      cast.ana.delete("/drafts/" + draft + "/collaborators/ben").mustBe(204);
      assertTrue(stream.rest().endsWith("0\n\n"), "the last chunk");
      Eventually.until(() -> cast.server.hub().openRooms() == 0);
    }
  }

  @Test
  void a_server_that_goes_away_ends_its_streams() throws IOException {
    try (Stream stream = stream("ben", "").begins()) {
      stream.events(4);
      cast.server.hub().close();
      assertTrue(stream.rest().endsWith("0\n\n"), "the last chunk");
      Eventually.until(() -> cast.server.hub().openRooms() == 0);
      Duration stop = cast.server.drain();
      assertTrue(stop.toSeconds() < 10, () -> "the request counted as under way: " + stop);
    }
  }

  @Test
  void streams_whose_clients_go_while_they_are_ended_touch_no_request_any_more()
      throws IOException {
    List<Stream> crowd = new ArrayList<>();
    for (String user : List.of("ana", "ben", "cleo", "vera")) {
      for (int i = 0; i < 10; i++) {
        crowd.add(stream(user, "").begins());
      }
    }
    CompletableFuture<Void> ending = CompletableFuture.runAsync(cast.server.hub()::close);
    for (Stream stream : crowd) {
      stream.close();
    }
    assertDoesNotThrow(ending::join);
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
  }

  @Test
  void strangers_see_no_stream() {
    String path = "/drafts/" + draft + "/events";
    cast.stranger.get(path, "Accept", "text/event-stream").mustBe(ProblemCode.NOT_FOUND);
    cast.ana
        .get(path, "Accept", "text/event-stream", "Last-Event-ID", "x")
        .mustRefuse("Last-Event-ID", "\"x\" (expected: a whole number, 0 or more)");
    cast.server
        .asNobody()
        .get(path, "Accept", "text/event-stream")
        .mustBe(ProblemCode.UNAUTHENTICATED);
  }

  @Test
  void a_client_who_does_not_read_holds_up_nobody_and_is_bounded() throws IOException {
    String text = "x".repeat(40_000);
    try (Stream stalled = stream("ben", "?after=4");
        Stream quick = stream("cleo", "?after=4").begins()) {
      Eventually.until(() -> cast.server.hub().subscribers() == 2);
      for (int i = 0; i < 200; i++) {
        cast.ana.appends(text, draft).mustBe(201);
        assertEquals(1, quick.events(1).size());
      }
      Eventually.until(() -> cast.server.hub().subscribers() == 1);
      long waited = stalled.charactersUpToTheEnd();
      assertTrue(waited < 3_000_000, () -> "of 8 MB these waited in all buffers: " + waited);
      cast.ana.appends("one more", draft).mustBe(201);
      assertEquals(1, quick.events(1).size());
    }
  }
}
