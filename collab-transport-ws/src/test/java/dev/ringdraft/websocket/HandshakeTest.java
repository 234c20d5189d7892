package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {
  private static LiveServer server;
  private static String path;

  @BeforeAll
  static void start() throws Exception {
    server =
        new LiveServer(
            SocketServer.roomy().toBuilder().origins(Set.of("https://app.example")).build(),
            RoomSettings.defaults());
    path = "/v1/ws/drafts/" + server.draft();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawClient client() throws IOException {
    return new RawClient(server);
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1";
  }

  /** The handshake is answered by this status and problem, and the connection is closed. */
  private static String assertRefused(RawClient client, String requestLine, int status, String code)
      throws IOException {
    try (client) {
      String head = client.handshake(requestLine);
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
      assertTrue(head.contains("application/problem+json"), head);
      assertFalse(head.contains("Sec-WebSocket-Accept"), head);
      JsonNode problem = new ObjectMapper().readTree(client.rest());
      assertEquals(status, problem.get("status").asInt());
      assertEquals(code, problem.get("code").asText());
      assertEquals("urn:ringdraft:problem:" + code, problem.get("type").asText());
      assertTrue(head.contains(problem.get("request_id").asText()), head);
      return head;
    }
  }

  private static String assertOpened(RawClient client, String target) throws IOException {
    try (client) {
      String head = client.handshake(get(target));
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head);
      assertTrue(new String(client.frame(1), StandardCharsets.UTF_8).contains("\"connected\""));
      return head;
    }
  }

  @Test
  void a_member_gets_in() throws Exception {
    String head = assertOpened(client(), path);
    assertTrue(
        head.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: collab.v1\r\n"), head);
  }

  @Test
  void a_token_in_the_authorization_header_gets_in() throws Exception {
    assertOpened(client().with("X-User-Id", null).with("Authorization", "Bearer ben"), path);
  }

  @Test
  void a_token_in_the_subprotocol_gets_in_and_is_not_echoed() throws Exception {
    String head =
        assertOpened(
            client()
                .with("X-User-Id", null)
                .with("Sec-WebSocket-Protocol", "collab.v1, bearer.ben"),
            path);
    assertFalse(head.contains("bearer"), head);
  }

  @Test
  void a_development_user_in_the_subprotocol_gets_in() throws Exception {
    assertOpened(
        client().with("X-User-Id", null).with("Sec-WebSocket-Protocol", "collab.v1, user.b%65n"),
        path);
  }

  @Test
  void a_bad_token_is_judged_alone() throws Exception {
    String head =
        assertRefused(
            client().with("Authorization", "Bearer bad"), get(path), 401, "unauthenticated");
    assertTrue(head.contains("WWW-Authenticate: Bearer"), head);
  }

  @Test
  void a_token_that_nobody_can_judge_yet_is_refused_for_now() throws Exception {
    String head =
        assertRefused(
            client().with("Authorization", "Bearer early"), get(path), 503, "unavailable");
    assertTrue(head.contains("Retry-After: 1"), head);
  }

  @Test
  void another_scheme_of_authorization_is_refused() throws Exception {
    assertRefused(
        client().with("Authorization", "Basic YmVuOmJlbg=="), get(path), 401, "unauthenticated");
  }

  @Test
  void who_shows_nothing_is_refused() throws Exception {
    assertRefused(client().with("X-User-Id", null), get(path), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-draft", "..%2f", "%00", "a/b", ""})
  void a_draft_that_is_not_there_is_not_found(String id) throws Exception {
    assertRefused(client(), get("/v1/ws/drafts/" + id), 404, "not_found");
  }

  @Test
  void a_stranger_is_told_the_same_as_of_a_draft_that_is_not_there() throws Exception {
    assertRefused(client().with("X-User-Id", "zed"), get(path), 404, "not_found");
    Eventually.until(() -> server.hub.openRooms() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=-1", "after=x", "after=", "echo=1", "presence=no"})
  void a_query_that_makes_no_sense_is_malformed(String query) throws Exception {
    assertRefused(client(), get(path + "?" + query), 400, "validation_error");
  }

  @Test
  void a_revision_too_long_to_be_one_is_ahead_of_the_head() throws Exception {
    try (RawClient client = client()) {
      client.handshake(get(path + "?presence=false&after=9999999999999999999"));
      client.frame(1);
      assertEquals(
          "{\"type\":\"snapshot_required\"}", new String(client.frame(1), StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_plus_in_the_name_of_a_development_user_is_a_plus() throws Exception {
    DraftId draft = server.draft();
    UserId plus = new UserId("b+n");
    server.handle(draft, new AddCollaborator(SocketServer.ANA, Instant.now(), plus, Role.VIEWER));
    assertOpened(
        client().with("X-User-Id", null).with("Sec-WebSocket-Protocol", "collab.v1, user.b+n"),
        "/v1/ws/drafts/" + draft);
  }

  @Test
  void two_development_users_are_nobody() throws Exception {
    assertRefused(
        client().with("X-User-Id", "ben\r\nX-User-Id: ana"), get(path), 401, "unauthenticated");
  }

  @Test
  void a_query_parameter_that_is_not_known_is_ignored() throws Exception {
    assertOpened(client(), path + "?colour=blue&after=1");
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade,h2c,426,upgrade_required",
    "Upgrade,,426,upgrade_required",
    "Connection,keep-alive,426,upgrade_required",
    "Sec-WebSocket-Version,8,426,upgrade_required",
    "Sec-WebSocket-Version,,426,upgrade_required",
    "Sec-WebSocket-Key,short,400,validation_error",
    "Sec-WebSocket-Key,,400,validation_error",
    "Sec-WebSocket-Protocol,chat,400,validation_error",
    "Origin,https://evil.example,403,origin_not_allowed",
    "Origin,null,403,origin_not_allowed"
  })
  void a_handshake_out_of_form_is_refused(String header, String value, int status, String code)
      throws Exception {
    assertRefused(client().with(header, value), get(path), status, code);
  }

  @Test
  void the_key_of_the_origins_is_for_the_operator_alone() throws Exception {
    try (RawClient client = client().with("Origin", "https://evil.example")) {
      client.handshake(get(path));
      String problem = new String(client.rest(), StandardCharsets.UTF_8);

      assertFalse(problem.contains("cors.origins"), problem);
      assertEquals(
          "pages of this origin may not connect; see cors.origins",
          List.copyOf(server.incidents).getLast().cause().reason());
    }
  }

  @Test
  void a_page_of_the_servers_own_origin_may_connect() throws Exception {
    assertOpened(client().with("Origin", "http://127.0.0.1:" + server.port()), path);
  }

  @Test
  void a_page_of_an_allowed_origin_may_connect() throws Exception {
    assertOpened(client().with("Origin", "https://app.example"), path);
  }

  @Test
  void only_get_opens_a_socket() throws Exception {
    assertRefused(
        client().with("Content-Length", "0"),
        "POST " + path + " HTTP/1.1",
        405,
        "method_not_allowed");
  }

  @Test
  void http_1_0_opens_no_socket() throws Exception {
    assertRefused(client(), "GET " + path + " HTTP/1.0", 426, "upgrade_required");
  }

  @Test
  void the_callers_own_request_id_comes_back() throws Exception {
    String head =
        assertRefused(
            client().with("X-User-Id", null).with("X-Request-Id", "mine-42"),
            get(path),
            401,
            "unauthenticated");
    assertTrue(head.contains("X-Request-Id: mine-42"), head);
  }

  @Test
  void an_unmasked_frame_breaks_the_protocol() throws Exception {
    try (RawClient client = client()) {
      client.handshake(get(path));
      client.send(new byte[] {(byte) 0x81, 2, '{', '}'});
      assertEquals(1002, client.closeCode());
    }
  }

  @Test
  void invalid_utf_8_is_refused_as_such() throws Exception {
    try (RawClient client = client()) {
      client.handshake(get(path));
      client.send(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xC3, 0x28});
      assertEquals(1007, client.closeCode());
    }
  }

  @Test
  void a_clients_ping_is_answered_by_a_pong_of_the_same_content() throws Exception {
    try (RawClient client = client()) {
      client.handshake(get(path));
      client.send(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'x'});
      assertEquals('x', client.frame(10)[0]);
    }
  }
}
