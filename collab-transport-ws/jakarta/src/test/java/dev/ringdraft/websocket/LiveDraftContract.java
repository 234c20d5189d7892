package dev.ringdraft.websocket;

import static dev.ringdraft.websocket.SocketServer.ANA;
import static dev.ringdraft.websocket.SocketServer.BEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.wire.EventJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LiveDraftContract {
  private final SocketServer.Factory transport;

  protected LiveDraftContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  private static final int TEXT = 1;
  private static final int PING = 9;

  private SocketServer server;

  @BeforeAll
  void start() throws Exception {
    server = transport.start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private static String path(DraftId draft) {
    return "/v1/ws/drafts/" + draft;
  }

  @Test
  void a_viewer_is_greeted_with_where_the_draft_is() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft), "ben")) {
      JsonNode hello = ben.next("connected");
      assertEquals(draft.value(), hello.get("draft_id").asText());
      assertEquals("ben", hello.get("user_id").asText());
      assertEquals(2, hello.get("revision").asLong());
      assertEquals(server.store.epoch().value(), hello.get("epoch").asText());
      assertFalse(hello.get("resumed").asBoolean());
      assertEquals(30_000, hello.get("ping_interval_ms").asLong());
      assertEquals("collab.v1", ben.socket().getSubprotocol());
    }
  }

  @Test
  void an_event_arrives_as_the_very_json_that_is_polled() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft), "ben")) {
      ben.next("connected");
      server.append(draft, "Es war \"einmal\" 🐉\n…");
      assertEquals(EventJson.of(server.store.readAfter(draft, 2, 1).getFirst()), ben.nextText());
    }
  }

  @Test
  void a_resumed_viewer_gets_what_it_missed_and_then_what_is_live() throws Exception {
    DraftId draft = server.draft();
    for (int i = 0; i < 700; i++) {
      server.append(draft, "segment " + i);
    }
    try (SocketClient ben = SocketClient.connect(server, path(draft) + "?after=1", "ben")) {
      assertTrue(ben.next("connected").get("resumed").asBoolean());
      server.append(draft, "live");
      assertUnbrokenRun(ben, 2, 703);
    }
  }

  /** It would lose its place if much came while it takes its socket over from HTTP. */
  @Test
  void a_client_of_the_JDK_that_missed_much_gets_all_of_it() throws Exception {
    DraftId draft = server.draft();
    for (int i = 0; i < 40; i++) {
      server.append(draft, "w".repeat(400));
    }
    Callable<Void> comesBack =
        () -> {
          try (SocketClient ben = SocketClient.connect(server, path(draft) + "?after=1", "ben")) {
            ben.next("connected");
            assertUnbrokenRun(ben, 2, 42);
          }
          return null;
        };
    try (ExecutorService people = Executors.newFixedThreadPool(16)) {
      for (Future<Void> person : people.invokeAll(Collections.nCopies(500, comesBack))) {
        person.get();
      }
    }
  }

  @Test
  void events_wait_for_the_first_frame_of_the_client_or_for_a_second() throws Exception {
    DraftId draft = server.draft();
    try (RawClient quick = new RawClient(server);
        RawClient mute = new RawClient(server)) {
      for (RawClient client : List.of(quick, mute)) {
        client.handshake("GET " + path(draft) + "?after=1&presence=false HTTP/1.1");
        assertEquals(TEXT, client.nextFrame().opcode());
        assertEquals(PING, client.nextFrame().opcode());
      }
      assertFalse(quick.hearsWithin(Duration.ofMillis(200)));
      quick.send(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0});

      for (RawClient client : List.of(quick, mute)) {
        assertEquals(
            EventJson.of(server.store.readAfter(draft, 1, 1).getFirst()),
            new String(client.frame(TEXT), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void every_viewer_gets_every_event_once_and_in_order_while_many_write() throws Exception {
    List<DraftId> drafts = List.of(server.draft(), server.draft(), server.draft());
    List<SocketClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clients.add(SocketClient.connect(server, path(drafts.get(i % 3)) + "?after=0", "ben"));
    }
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (DraftId draft : drafts) {
        done.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    server.append(draft, "segment " + i);
                  }
                }));
      }
      for (Future<?> writer : done) {
        writer.get();
      }
    }
    for (int i = 0; i < 30; i++) {
      try (SocketClient client = clients.get(i)) {
        client.next("connected");
        for (int revision = 1; revision <= 302; revision++) {
          JsonNode event = client.next();
          assertEquals(revision, event.get("revision").asLong());
          assertEquals(drafts.get(i % 3).value(), event.get("draft_id").asText());
        }
        assertEquals(0, client.waiting());
      }
    }
  }

  @Test
  void a_viewer_of_another_epoch_is_told_to_fetch_the_draft() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben =
        SocketClient.connect(server, path(draft) + "?after=1&epoch=old", "ben")) {
      assertFalse(ben.next("connected").get("resumed").asBoolean());
      ben.next("snapshot_required");
      server.append(draft, "live");
      assertEquals(3, ben.next("collab.segment_added").get("revision").asLong());
    }
  }

  @Test
  void a_viewer_ahead_of_the_head_is_told_to_fetch_the_draft() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft) + "?after=3", "ben")) {
      ben.next("connected");
      ben.next("snapshot_required");
    }
  }

  @Test
  void a_viewer_too_far_behind_is_told_to_fetch_the_draft() throws Exception {
    DraftId draft = server.draft();
    for (int i = 0; i < 999; i++) {
      server.append(draft, "segment " + i);
    }
    try (SocketClient near = SocketClient.connect(server, path(draft) + "?after=1", "ben");
        SocketClient far = SocketClient.connect(server, path(draft) + "?after=0", "ben")) {
      assertTrue(near.next("connected").get("resumed").asBoolean());
      far.next("connected");
      far.next("snapshot_required");
    }
  }

  @Test
  void a_ping_is_answered_with_the_head() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft), "ben")) {
      ben.next("connected");
      ben.send("{\"type\":\"ping\"}");
      assertEquals(2, ben.next("pong").get("revision").asLong());
    }
  }

  @Test
  void what_is_not_understood_is_told_and_harms_nothing() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft), "ben")) {
      ben.next("connected");
      ben.send("{\"type\":\"append\",\"content\":\"by the back door\"}");
      assertEquals("unknown_message", ben.next("error").get("code").asText());
      ben.send("{\"type\":\"presence\",\"state\":\"dancing\"}");
      assertEquals(
          "state: dancing (expected: viewing or typing)", ben.next("error").get("detail").asText());
      ben.send("[1,2]");
      assertEquals("malformed_json", ben.next("error").get("code").asText());
      server.append(draft, "live");
      ben.next("collab.segment_added");
    }
  }

  @Test
  void the_third_malformed_message_within_a_minute_ends_the_socket() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      ben.send("nonsense");
      ben.send("{\"a\":1,\"a\":2}");
      ben.send("{} {}");
      assertEquals(4503, ben.closeCode());
    }
  }

  @Test
  void a_message_over_four_kibibytes_ends_the_socket() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      ben.send("\"" + "x".repeat(4096) + "\"");
      assertEquals(1009, ben.closeCode());
    }
  }

  @Test
  void a_binary_message_ends_the_socket() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      ben.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      assertEquals(1003, ben.closeCode());
    }
  }

  @Test
  void a_flood_of_messages_ends_the_socket() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      for (int i = 0; i < 11; i++) {
        ben.send("{\"type\":\"ping\"}");
      }
      assertEquals(4503, ben.closeCode());
    }
  }

  @Test
  void a_collaborator_who_is_removed_loses_the_socket_at_once() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ben = SocketClient.connect(server, path(draft), "ben");
        SocketClient ana = SocketClient.connect(server, path(draft), "ana")) {
      ben.next("connected");
      ana.next("connected");
      server.handle(draft, new RemoveCollaborator(ANA, Instant.now(), BEN));
      assertEquals(4501, ben.closeCode());
      ana.next("collab.collaborator_removed");
    }
  }

  @Test
  void events_that_the_user_caused_are_kept_back_when_no_echo_is_wanted() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ana = SocketClient.connect(server, path(draft) + "?echo=false", "ana")) {
      ana.next("connected");
      server.append(draft, "by Ana");
      server.handle(draft, new RemoveCollaborator(BEN, Instant.now(), BEN));
      assertEquals(4, ana.next("collab.collaborator_removed").get("revision").asLong());
    }
  }

  @Test
  void those_who_watch_are_told_of_each_other() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ana = SocketClient.attend(server, path(draft), "ana")) {
      ana.next("connected");
      awaitPresenceOf(ana, "ana");
      try (SocketClient ben = SocketClient.attend(server, path(draft), "ben")) {
        ben.next("connected");
        assertEquals("ana", ben.next("presence_state").at("/users/0/user_id").asText());
        awaitPresenceOf(ana, "ben");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoever_breaks_off_is_soon_seen_to_be_gone(BreakingOff how) throws Exception {
    try (SocketServer own = transport.start(SocketServer.roomy(), unforgiving())) {
      DraftId draft = own.draft();
      try (SocketClient ana = SocketClient.attend(own, path(draft), "ana");
          RawClient ben = new RawClient(own)) {
        ana.next("connected");
        ben.handshake("GET " + path(draft) + " HTTP/1.1");
        awaitPresenceOf(ana, "ben");
        switch (how) {
          case RESET -> ben.reset();
          case HALF_CLOSED -> ben.shutdownOutput();
        }
        awaitDepartureOf(ana, "ben");
      }
    }
  }

  enum BreakingOff {
    RESET,
    HALF_CLOSED
  }

  /** The usual rooms, but who goes is not shown any longer. */
  private static RoomSettings unforgiving() {
    return RoomSettings.defaults().toBuilder().departureGrace(Duration.ofMillis(1)).build();
  }

  private static void awaitDepartureOf(SocketClient client, String user) throws Exception {
    JsonNode frame = client.next();
    while (!frame.path("left").toString().contains("\"" + user + "\"")) {
      assertTrue(frame.get("type").asText().startsWith("presence_"), frame::toString);
      frame = client.next();
    }
  }

  @Test
  void who_types_is_told_to_the_others_and_who_stops_too() throws Exception {
    DraftId draft = server.draft();
    try (SocketClient ana = SocketClient.attend(server, path(draft), "ana");
        SocketClient ben = SocketClient.attend(server, path(draft), "ben")) {
      ana.next("connected");
      ben.next("connected");
      ben.send("{\"type\":\"presence\",\"state\":\"typing\"}");
      awaitStateOf(ana, "ben", "typing");
      ben.send("{\"type\":\"presence\",\"state\":\"viewing\"}");
      awaitStateOf(ana, "ben", "viewing");
    }
  }

  private static void awaitStateOf(SocketClient client, String user, String state)
      throws Exception {
    JsonNode frame = client.next();
    while (!frame.toString().matches(".*\"user_id\":\"" + user + "\"[^}]*\"" + state + "\".*")) {
      assertTrue(frame.get("type").asText().startsWith("presence_"), frame::toString);
      frame = client.next();
    }
  }

  /** A state or a difference names the user: which of them, the moment decides. */
  private static void awaitPresenceOf(SocketClient client, String user) throws Exception {
    JsonNode frame = client.next();
    while (!frame.findValuesAsText("user_id").contains(user)) {
      assertTrue(frame.get("type").asText().startsWith("presence_"), frame::toString);
      frame = client.next();
    }
  }

  @Test
  void a_client_that_says_goodbye_is_let_go() throws Exception {
    int before = server.openSockets();
    try (SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      ben.socket().sendClose(1000, "bye").join();
      assertEquals(1000, ben.closeCode());
    }
    Eventually.until(() -> server.openSockets() <= before);
  }

  @Test
  void a_room_is_closed_behind_its_last_viewer() throws Exception {
    try (SocketServer own = transport.start()) {
      try (SocketClient ben = SocketClient.connect(own, path(own.draft()), "ben")) {
        ben.next("connected");
        Eventually.until(() -> own.hub.subscribers() == 1);
      }
      Eventually.until(() -> own.hub.openRooms() == 0);
    }
  }

  private static void assertUnbrokenRun(SocketClient client, long from, long to) throws Exception {
    for (long revision = from; revision <= to; revision++) {
      assertEquals(revision, client.next().get("revision").asLong());
    }
    assertEquals(0, client.waiting());
  }
}
