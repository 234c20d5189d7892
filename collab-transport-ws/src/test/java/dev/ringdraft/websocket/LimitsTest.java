package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  private static final ConnectionLimiter.Count NOBODY = new ConnectionLimiter.Count(0, 0, 0);

  private static LiveServer server(int perServer, int perDraft, int perUser, int handshakes)
      throws IOException {
    return new LiveServer(
        WebSocketSettings.defaults().toBuilder()
            .limits(new ConnectionLimits(perServer, perDraft, perUser, handshakes))
            .build(),
        RoomSettings.defaults());
  }

  private static String path(DraftId draft) {
    return "/v1/ws/drafts/" + draft;
  }

  private static void assertFull(LiveServer server, DraftId draft, String user, int limit)
      throws IOException {
    assertTooMany(server, draft, user, "too_many_connections", limit);
  }

  private static void assertTooMany(
      LiveServer server, DraftId draft, String user, String code, int limit) throws IOException {
    try (RawClient client = new RawClient(server).with("X-User-Id", user)) {
      String head = client.handshake("GET " + path(draft) + " HTTP/1.1");
      assertTrue(head.startsWith("HTTP/1.1 429 Too many "), head);
      assertTrue(head.matches("(?s).*\r\nRetry-After: [1-9][0-9]?\r\n.*"), head);
      JsonNode problem = new ObjectMapper().readTree(client.rest());
      assertEquals(code, problem.get("code").asText());
      assertEquals(limit, problem.get("limit").asInt());
    }
  }

  @Test
  void a_user_may_have_so_many_sockets_and_another_one_after_closing_one() throws Exception {
    try (LiveServer server = server(100, 100, 2, 1_000)) {
      DraftId draft = server.draft();
      DraftId other = server.draft();
      try (SocketClient first = SocketClient.connect(server, path(draft), "ben");
          SocketClient second = SocketClient.connect(server, path(other), "ben")) {
        second.next("connected");
        assertFull(server, draft, "ben", 2);
        SocketClient.connect(server, path(draft), "ana").close();
        first.socket().abort();
        Eventually.until(
            () ->
                server
                    .transport
                    .connections()
                    .count()
                    .equals(new ConnectionLimiter.Count(1, 1, 1)));
        try (SocketClient third = SocketClient.connect(server, path(draft), "ben")) {
          third.next("connected");
          assertFull(server, draft, "ben", 2);
        }
      }
    }
  }

  @Test
  void a_draft_may_have_so_many_sockets_and_another_draft_is_not_touched_by_that()
      throws Exception {
    try (LiveServer server = server(100, 1, 10, 1_000)) {
      DraftId full = server.draft();
      try (SocketClient ben = SocketClient.connect(server, path(full), "ben")) {
        ben.next("connected");
        assertFull(server, full, "ana", 1);
        SocketClient.connect(server, path(server.draft()), "ana").close();
      }
    }
  }

  @Test
  void a_server_may_have_so_many_sockets() throws Exception {
    try (LiveServer server = server(1, 100, 10, 1_000);
        SocketClient ben = SocketClient.connect(server, path(server.draft()), "ben")) {
      ben.next("connected");
      assertFull(server, server.draft(), "ana", 1);
    }
  }

  @Test
  void a_stranger_is_not_told_that_a_draft_is_full() throws Exception {
    try (LiveServer server = server(100, 1, 10, 1_000)) {
      DraftId full = server.draft();
      try (SocketClient ben = SocketClient.connect(server, path(full), "ben");
          RawClient zed = new RawClient(server).with("X-User-Id", "zed")) {
        ben.next("connected");
        String head = zed.handshake("GET " + path(full) + " HTTP/1.1");
        assertTrue(head.startsWith("HTTP/1.1 404 "), head);
      }
    }
  }

  @Test
  void an_address_that_begins_too_many_handshakes_is_held_up_whatever_becomes_of_them()
      throws Exception {
    try (LiveServer server = server(100, 100, 10, 1)) {
      DraftId draft = server.draft();
      try (RawClient client = new RawClient(server).with("Origin", "https://evil.example")) {
        String head = client.handshake("GET " + path(draft) + " HTTP/1.1");
        assertTrue(head.startsWith("HTTP/1.1 403 "), head);
      }
      assertTooMany(server, draft, "ben", "rate_limited", 1);
    }
  }

  @Test
  void of_many_who_come_at_once_exactly_as_many_get_in_as_there_are_places() throws Exception {
    try (LiveServer server = server(100, 7, 100, 1_000)) {
      DraftId draft = server.draft();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        clients.add(new RawClient(server));
      }
      for (RawClient client : clients) {
        client.sendHandshake("GET " + path(draft) + " HTTP/1.1");
      }
      int opened = 0;
      for (RawClient client : clients) {
        opened += client.head().startsWith("HTTP/1.1 101 ") ? 1 : 0;
      }
      assertEquals(7, opened);
      for (RawClient client : clients) {
        client.close();
      }
      Eventually.until(() -> server.transport.connections().count().equals(NOBODY));
    }
  }

  @Test
  void however_a_socket_ends_its_place_is_free_again() throws Exception {
    try (LiveServer server = server(100, 100, 100, 1_000)) {
      DraftId draft = server.draft();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RawClient client = new RawClient(server);
        clients.add(client);
        client.handshake("GET " + path(draft) + " HTTP/1.1");
      }
      SocketClient goodbye = SocketClient.connect(server, path(draft), "ben");
      assertEquals(new ConnectionLimiter.Count(7, 1, 1), server.transport.connections().count());

      clients.get(0).close();
      clients.get(1).reset();
      clients.get(2).shutdownOutput();
      clients.get(3).send(new byte[] {(byte) 0x81, (byte) 0x90, 0, 0, 0, 0, 'h', 'a', 'l', 'f'});
      clients.get(3).shutdownOutput();
      clients.get(4).send(new byte[] {(byte) 0x81, 1, 'x'});
      goodbye.socket().sendClose(1000, "bye").join();
      Eventually.until(
          () ->
              server.transport.connections().count().equals(new ConnectionLimiter.Count(1, 1, 1)));

      server.handle(
          draft, new RemoveCollaborator(SocketServer.ANA, Instant.now(), SocketServer.BEN));
      assertEquals(4501, clients.get(5).closeCode());
      Eventually.until(() -> server.transport.connections().count().equals(NOBODY));
      Eventually.until(() -> server.hub.openRooms() == 0);
      assertEquals(0, server.transport.openSockets());
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
