package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.rest.DegradableStore.Fault;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.config.WaitSettings;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls that wait for what comes next. */
class LongPollTest {
  private static final int MANY = 1_000;
  private final SharedDraft cast = SharedDraft.on(RestServer.start(patient()));

  private static RestSettings patient() {
    return RestServer.settings(DraftLimits.defaults()).toBuilder()
        .waits(new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), MANY))
        .build();
  }

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_poll_that_is_behind_is_answered_at_once() {
    String path = "/drafts/" + cast.draft() + "/events";
    Answer page = cast.ben.get(path + "?after=1&limit=2&wait=30").mustBe(200);
    assertEquals(2, page.json().get("data").size());
    assertEquals("4", page.at("/revision"));
    assertEquals(0, cast.server.hub().openRooms());
  }

  @Test
  void a_poll_waits_for_the_next_event_and_brings_it_as_it_is_pushed() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=4&wait=30");
    assertFalse(poll.isDone());
    cast.ana.appends("one", draft).mustBe(201);
    String events = cast.ana.get("/drafts/" + draft + "/events?after=4").mustBe(200).body();
    assertEquals(events, poll.join().mustBe(200).body());
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
  }

  @Test
  void while_somebody_waits_members_are_told_without_the_store_that_nothing_has_changed() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=4&wait=30");
    String path = "/drafts/" + draft;
    String known = "\"" + cast.epoch() + ".4\"";
    String beyond = "\"" + cast.epoch() + ".5\"";
    cast.server.store().failWith(Fault.UNREACHABLE);
    cast.ana.get(path, "If-None-Match", known).mustBe(304);
    Answer nothing = cast.ana.get(path + "/events?after=4").mustBe(200);
    assertEquals(0, nothing.json().get("data").size());
    nothing = cast.ana.get(path + "/events?after=4&wait=1").mustBe(200);
    assertEquals(0, nothing.json().get("data").size());
    cast.ana.get(path, "If-None-Match", beyond).mustBe(ProblemCode.UNAVAILABLE);
    cast.stranger.get(path, "If-None-Match", known).mustBe(ProblemCode.UNAVAILABLE);

    cast.server.store().failWith(Fault.NONE);
    cast.ana.appends("one", draft).mustBe(201);

    cast.ana.get(path, "If-None-Match", known).mustBe(200);
    poll.join().mustBe(200);
  }

  @Test
  void a_poll_that_nothing_comes_for_ends_empty_with_the_head() {
    String draft = cast.draft();
    Answer empty = cast.ben.get("/drafts/" + draft + "/events?after=4&wait=1").mustBe(200);
    assertEquals(0, empty.json().get("data").size());
    assertEquals("4", empty.at("/revision"));
    assertEquals(cast.epoch(), empty.at("/epoch"));
    assertEquals(0, cast.server.hub().openRooms());
  }

  @Test
  void a_poll_ends_empty_when_its_token_does() {
    String draft = cast.draft();
    RestClient briefly = cast.server.as("ben@300");
    Answer empty = briefly.get("/drafts/" + draft + "/events?after=4&wait=30").mustBe(200);
    assertEquals(0, empty.json().get("data").size());
    assertEquals(0, cast.server.hub().openRooms());
  }

  @Test
  void a_poll_ahead_of_the_head_waits_until_the_head_passes_it() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=5&wait=30");
    cast.ana.appends("five", draft).mustBe(201);
    cast.ana.appends("six", draft).mustBe(201);
    Answer page = poll.join().mustBe(200);
    assertEquals(1, page.json().get("data").size());
    assertEquals("6", page.at("/data/0/revision"));
  }

  @Test
  void a_poll_ahead_of_the_head_ends_with_the_head_as_it_has_become() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=1000&wait=1");
    cast.ana.appends("five", draft).mustBe(201);
    Answer page = poll.join().mustBe(200);
    assertEquals(0, page.json().get("data").size());
    assertEquals("5", page.at("/revision"));
  }

  @Test
  void a_page_that_was_waited_for_is_no_longer_than_its_limit() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ana, draft, "after=4&wait=30&limit=1");
    // A holder who goes makes two events in one commit.
    cast.ana.passesTo("ben", draft).mustBe(200);
    Answer page = poll.join().mustBe(200);
    assertEquals(1, page.json().get("data").size());
    CompletableFuture<Answer> next = waits(cast.ana, draft, "after=5&wait=30&limit=1");
    cast.ana.delete("/drafts/" + draft + "/collaborators/ben").mustBe(204);
    Answer first = next.join().mustBe(200);
    assertEquals(1, first.json().get("data").size());
    assertEquals("6", first.at("/data/0/revision"));
    assertEquals("7", first.at("/revision"));
  }

  @Test
  void a_member_who_is_removed_while_waiting_is_told_so_at_once() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=4&wait=30");
    cast.ana.delete("/drafts/" + draft + "/collaborators/ben").mustBe(204);
    poll.join().mustBe(ProblemCode.NOT_FOUND);
    Eventually.until(() -> cast.server.hub().openRooms() == 0);
  }

  @Test
  void a_stranger_does_not_wait() {
    String draft = cast.draft();
    cast.stranger.get("/drafts/" + draft + "/events?after=4&wait=30").mustBe(ProblemCode.NOT_FOUND);
    cast.stranger.get("/drafts/no-such/events?after=4&wait=30").mustBe(ProblemCode.NOT_FOUND);
    assertEquals(0, cast.server.hub().openRooms());
  }

  @Test
  void a_server_that_goes_away_answers_those_who_wait_and_those_who_come_back() {
    String draft = cast.draft();
    CompletableFuture<Answer> poll = waits(cast.ben, draft, "after=4&wait=30");
    cast.server.hub().close();
    for (Answer empty :
        List.of(poll.join(), cast.ben.get("/drafts/" + draft + "/events?after=4&wait=30"))) {
      assertEquals(0, empty.mustBe(200).json().get("data").size());
      assertEquals("4", empty.at("/revision"));
    }
  }

  @Test
  void waits_that_make_no_sense_are_named() {
    String path = "/drafts/" + cast.draft() + "/events?wait=";
    cast.ana.get(path + "x").mustRefuse("wait", "\"x\" (expected: a whole number, 0 or more)");
    cast.ana.get(path + "-1").mustRefuse("wait", "\"-1\" (expected: a whole number, 0 or more)");
    cast.ana.get(path + "31").mustRefuse("wait", "31 s (expected: 0..30)");
    cast.ana.get(path + "0").mustBe(200);
  }

  @Test
  void a_thousand_polls_wait_without_a_thread() throws IOException {
    String draft = cast.draft();
    int before = platformThreads();
    List<Socket> lines = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        lines.add(line("ben", draft, 30));
      }
      Eventually.until(() -> cast.server.hub().subscribers() == MANY);
      int during = platformThreads();
      assertTrue(during < before + 16, () -> before + " threads, then " + during);
      cast.ana.appends("one", draft).mustBe(201);
      for (Socket line : lines) {
        byte[] status = line.getInputStream().readNBytes(15);
        assertEquals("HTTP/1.1 200 OK", new String(status, StandardCharsets.US_ASCII));
      }
      Eventually.until(() -> cast.server.hub().subscribers() == 0);
    } finally {
      for (Socket line : lines) {
        line.close();
      }
    }
  }

  @Test
  void a_client_who_goes_while_waiting_leaves_nothing_behind() throws IOException {
    String draft = cast.draft();
    Socket line = line("ben", draft, 1);
    Eventually.until(() -> cast.server.hub().subscribers() == 1);
    line.close();
    Eventually.until(() -> cast.server.hub().subscribers() == 0);
    Duration stop = cast.server.drain();
    assertTrue(stop.toSeconds() < 10, () -> "the request counted as under way: " + stop);
  }

  private static int platformThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** A poll that waits, on a connection of its own. */
  private Socket line(String user, String draft, int wait) throws IOException {
    Socket line = new Socket(InetAddress.getLoopbackAddress(), cast.server.port());
    line.setSoTimeout(20_000);
    line.getOutputStream()
        .write(
            """
            GET /v1/collab/drafts/%s/events?after=4&wait=%d HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer token-of-%s\r
            \r
            """
                .formatted(draft, wait, user)
                .getBytes(StandardCharsets.US_ASCII));
    return line;
  }

  /** A poll that waits already. */
  private CompletableFuture<Answer> waits(RestClient client, String draft, String query) {
    int others = cast.server.hub().subscribers();
    CompletableFuture<Answer> poll = client.starts("/drafts/" + draft + "/events?" + query);
    Eventually.until(() -> poll.isDone() || cast.server.hub().subscribers() == others + 1);
    return poll;
  }
}
