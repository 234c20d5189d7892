package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit trail hears of an open socket, on a real one of Ben's. */
final class SocketAuditTest {
  private static final String WATCH = "watch /v1/ws/drafts/{draft_id}";

  private LiveServer server;
  private DraftId draft;

  @BeforeEach
  void start() throws Exception {
    server = new LiveServer();
    draft = server.draft();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String path() {
    return "/v1/ws/drafts/" + draft;
  }

  private RawClient watching() throws Exception {
    RawClient ben = new RawClient(server);
    ben.handshake("GET " + path() + " HTTP/1.1");
    return ben;
  }

  private AuditEvent ofBen(Kind kind, String code, String action, String connection) {
    return new AuditEvent(
        kind, code, action, new Source(SocketServer.BEN, draft, "127.0.0.1", connection));
  }

  private AuditEvent renewalRefused(String reason, String connection) {
    return new AuditEvent(
        Kind.REFUSED,
        new Cause("unauthenticated", reason),
        WATCH + " auth",
        new Source(SocketServer.BEN, draft, "127.0.0.1", connection));
  }

  private List<String> codes() {
    return server.incidents.stream().map(AuditEvent::code).toList();
  }

  @Test
  void an_end_is_told_with_who_where_and_the_id_that_the_client_knows() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(), "ben")) {
      String connection = ben.next("connected").get("connection_id").asText();
      server.handle(
          draft, new RemoveCollaborator(SocketServer.ANA, Instant.now(), SocketServer.BEN));
      assertEquals(4501, ben.closeCode());

      assertEquals(
          List.of(ofBen(Kind.ENDED, "close_4501", WATCH, connection)),
          List.copyOf(server.incidents));
    }
  }

  @Test
  void a_token_that_renews_nothing_is_told_and_is_not_in_it() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(), "ben")) {
      String connection = ben.next("connected").get("connection_id").asText();
      for (String token : List.of("bad@secret", "ana@600000")) {
        ben.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
        String error = ben.next("error").toString();
        assertFalse(error.contains("see a key"), error);
      }

      assertEquals(
          List.of(
              renewalRefused("a bad token; see a key", connection),
              renewalRefused("the token is another user's", connection)),
          List.copyOf(server.incidents));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // A text that is no UTF-8: Tyrus finds out, not the guard before it.
    "81 82 00 00 00 00 C3 28, 1007",
    "82 81 00 00 00 00 00, 1003",
    "81 01 61, 1002",
    "81 FE FF FF 00 00 00 00, 1009",
  })
  void a_socket_that_is_ended_for_what_its_client_sent_is_told_once(String bytes, int code)
      throws Exception {
    try (RawClient ben = watching()) {
      ben.send(bytes(bytes));
      assertEquals(code, ben.closeCode());
      // Its answer lets the server end the connection.
      ben.send(bytes("88 80 00 00 00 00"));
      ben.untilReset();
    }
    Eventually.until(() -> server.transport.openSockets() == 0);

    assertEquals(List.of("close_" + code), codes());
  }

  @Test
  void too_much_is_told_once() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(), "ben")) {
      ben.next("connected");
      IntStream.range(0, 11).forEach(i -> ben.send("{\"type\":\"ping\"}"));
      assertEquals(4503, ben.closeCode());
    }
    Eventually.until(() -> server.transport.openSockets() == 0);

    assertEquals(List.of("close_4503"), codes());
  }

  @Test
  void what_a_client_ends_is_no_incident_whatever_code_it_gives() throws Exception {
    try (RawClient politely = watching()) {
      politely.send(bytes("88 82 00 00 00 00 03 EF"));
      assertEquals(1007, politely.closeCode());
      politely.untilReset();
    }
    try (RawClient rudely = watching()) {
      rudely.reset();
    }
    Eventually.until(() -> server.transport.openSockets() == 0);

    assertEquals(List.of(), codes());
  }

  @Test
  void a_server_that_goes_away_is_no_incident() throws Exception {
    try (SocketClient ben = SocketClient.connect(server, path(), "ben")) {
      ben.next("connected");
      server.transport.drain(Duration.ofSeconds(5));
      assertEquals(4000, ben.closeCode());
    }
    server.close();

    assertEquals(List.of(), codes());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }
}
