package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.websocket.config.WebSocketSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A token {@code ben@1500} is Ben's for the next 1,500 ms; here there is hardly any leeway. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TokenEndContract {
  private final SocketServer.Factory transport;

  protected TokenEndContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  private SocketServer server;

  @BeforeAll
  void start() throws Exception {
    server =
        transport.start(
            WebSocketSettings.defaults().toBuilder().tokenLeeway(Duration.ofMillis(10)).build(),
            RoomSettings.defaults());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private SocketClient connect(String token) {
    return SocketClient.connectWithToken(server, "/v1/ws/drafts/" + server.draft(), token);
  }

  @Test
  void a_socket_is_warned_and_then_ends_with_its_token() throws Exception {
    try (SocketClient ben = connect("ben@3000")) {
      ben.next("connected");
      long left = ben.next("auth_expiring").get("in_ms").asLong();
      assertTrue(left > 0 && left <= 1_500, left + " ms");
      assertEquals(4003, ben.closeCode());
    }
  }

  @Test
  void a_socket_whose_token_is_renewed_goes_on() throws Exception {
    try (SocketClient ben = connect("ben@3000")) {
      ben.next("connected");
      ben.next("auth_expiring");
      ben.send("{\"type\":\"auth\",\"token\":\"ben@600000\"}");
      ben.send("{\"type\":\"ping\"}");
      ben.next("pong");
      SocketClient other = connect("ben@1500");
      other.next("connected");
      assertEquals(4003, other.closeCode());
      ben.send("{\"type\":\"ping\"}");
      ben.next("pong");
    }
  }

  @Test
  void a_token_that_nobody_can_judge_yet_renews_nothing_and_may_be_sent_again() throws Exception {
    try (SocketClient ben = connect("ben@600000")) {
      ben.next("connected");
      ben.send("{\"type\":\"auth\",\"token\":\"early\"}");
      assertEquals("unavailable", ben.next("error").get("code").asText());
      ben.send("{\"type\":\"auth\",\"token\":\"ben@600000\"}");
      ben.send("{\"type\":\"ping\"}");
      ben.next("pong");
    }
  }

  @Test
  void a_token_of_somebody_else_or_a_bad_one_renews_nothing() throws Exception {
    try (SocketClient ben = connect("ben@5000")) {
      ben.next("connected");
      ben.send("{\"type\":\"auth\",\"token\":\"ana@600000\"}");
      assertEquals("unauthenticated", ben.next("error").get("code").asText());
      ben.send("{\"type\":\"auth\",\"token\":\"bad\"}");
      assertEquals("unauthenticated", ben.next("error").get("code").asText());
      ben.next("auth_expiring");
      assertEquals(4003, ben.closeCode());
    }
  }
}
