package dev.ringdraft.websocket;

import static dev.ringdraft.websocket.SocketServer.ZED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How a container that upgrades first refuses a client: by an {@code error} frame and a close code.
 */
public abstract class RefusedClientsContract {
  private static final int TEXT = 1;

  private final SocketServer.Factory transport;
  private SocketServer server;
  private DraftId draft;

  protected RefusedClientsContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  @BeforeEach
  void start() throws Exception {
    server =
        transport.start(
            SocketServer.roomy().toBuilder()
                .limits(new ConnectionLimits(100, 1, 100, 100_000))
                .build(),
            RoomSettings.defaults());
    draft = server.draft();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient client() throws Exception {
    return new RawClient(server);
  }

  private void assertRefused(RawClient client, String query, String code, int closeCode)
      throws Exception {
    try (client) {
      String head = client.handshake("GET /v1/ws/drafts/" + draft + query + " HTTP/1.1");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      JsonNode error = new ObjectMapper().readTree(client.frame(TEXT));
      assertEquals("error", error.get("type").asText());
      assertEquals(code, error.get("code").asText());
      assertEquals(closeCode, client.closeCode());
    }
    Eventually.until(() -> server.connections().equals(new ConnectionLimiter.Count(0, 0, 0)));
    assertEquals(0, server.openSockets());
  }

  @Test
  void a_client_without_credentials_may_come_back_with_some() throws Exception {
    assertRefused(client().with("X-User-Id", null), "", "unauthenticated", 4003);
    assertEquals(1, server.incidents.size());
  }

  @Test
  void a_client_whose_token_is_bad_may_come_back_with_another() throws Exception {
    assertRefused(client().with("Authorization", "Bearer bad"), "", "unauthenticated", 4003);
  }

  @Test
  void a_client_whose_token_nobody_can_judge_yet_may_come_back() throws Exception {
    assertRefused(client().with("Authorization", "Bearer early"), "", "unavailable", 4000);
  }

  @Test
  void a_stranger_does_not_come_back() throws Exception {
    assertRefused(client().with("X-User-Id", "zed"), "", "not_found", 4501);
    AuditEvent incident = server.incidents.remove();
    assertEquals("not_found", incident.code());
    assertEquals(ZED, incident.source().user());
    assertEquals(draft, incident.source().draft());
  }

  @Test
  void a_page_of_another_origin_does_not_come_back() throws Exception {
    assertRefused(client().with("Origin", "https://evil.example"), "", "origin_not_allowed", 4501);
  }

  @Test
  void a_page_of_the_own_origin_is_let_in() throws Exception {
    try (RawClient client = client().with("Origin", "http://127.0.0.1:" + server.port())) {
      client.handshake("GET /v1/ws/drafts/" + draft + " HTTP/1.1");
      assertTrue(new String(client.frame(TEXT), StandardCharsets.UTF_8).contains("\"connected\""));
    }
  }

  @Test
  void a_client_that_asks_wrongly_does_not_come_back() throws Exception {
    assertRefused(client(), "?after=x", "validation_error", 4503);
  }

  @Test
  void a_client_beyond_a_limit_comes_back() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, "/v1/ws/drafts/" + draft, "ben");
        RawClient second = client()) {
      ben.next("connected");
      second.handshake("GET /v1/ws/drafts/" + draft + " HTTP/1.1");
      assertEquals(4000, second.closeCode());
    }
  }

  @Test
  void a_client_of_a_server_that_goes_away_comes_back() throws Exception {
    assertTrue(server.drain(Duration.ofMillis(10)));
    assertRefused(client(), "", "draining", 4000);
  }
}
