package dev.ringdraft.websocket.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.presence.Activity;
import dev.ringdraft.websocket.socket.ClientMessage.Auth;
import dev.ringdraft.websocket.socket.ClientMessage.Ping;
import dev.ringdraft.websocket.socket.ClientMessage.Presence;
import dev.ringdraft.websocket.socket.ClientMessage.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client says, and what it is told when that is not understood. */
final class ClientMessageTest {
  @Test
  void a_client_says_three_things() {
    assertEquals(new Ping(), ClientMessage.parse("{\"type\":\"ping\"}"));
    assertEquals(new Auth("t"), ClientMessage.parse("{\"type\":\"auth\",\"token\":\"t\"}"));
    assertEquals(
        new Presence(Activity.TYPING),
        ClientMessage.parse("{\"type\":\"presence\",\"state\":\"typing\"}"));
    assertEquals(
        new Presence(Activity.VIEWING),
        ClientMessage.parse("{\"type\":\"presence\",\"state\":\"viewing\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"subscribe\"} | type: subscribe (expected: ping, auth or presence)",
        "{} | type (expected: ping, auth or presence)",
        "{\"type\":[\"ping\"]} | type (expected: ping, auth or presence)",
        "{\"type\":\"auth\"} | token (expected: a text)",
        "{\"type\":\"auth\",\"token\":7} | token (expected: a text)",
        "{\"type\":\"presence\"} | state (expected: viewing or typing)",
        "{\"type\":\"presence\",\"state\":\"Typing\"} | state: Typing (expected: viewing or typing)",
        "{\"type\":\"presence\",\"state\":[\"typing\"]} | state (expected: viewing or typing)",
      })
  void what_is_not_understood_is_named_with_what_is_expected(String message, String detail) {
    assertEquals(new Unknown(detail), ClientMessage.parse(message));
  }

  @Test
  void a_long_value_is_not_repeated() {
    assertEquals(
        new Unknown("type (expected: ping, auth or presence)"),
        ClientMessage.parse("{\"type\":\"" + "x".repeat(1_000) + "\"}"));
  }
}
