package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.presence.Activity;
import dev.ringdraft.wire.ClientMessage.Auth;
import dev.ringdraft.wire.ClientMessage.Ping;
import dev.ringdraft.wire.ClientMessage.Presence;
import dev.ringdraft.wire.ClientMessage.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client says, and what it is told when that is not understood. */
final class ClientMessageTest {
  @Test
  void a_client_says_three_things() {
    assertEquals(new Ping(), ClientMessage.read("{\"type\":\"ping\"}"));
    assertEquals(new Auth("t"), ClientMessage.read("{\"type\":\"auth\",\"token\":\"t\"}"));
    assertEquals(
        new Presence(Activity.TYPING),
        ClientMessage.read("{\"type\":\"presence\",\"state\":\"typing\"}"));
    assertEquals(
        new Presence(Activity.VIEWING),
        ClientMessage.read("{\"type\":\"presence\",\"state\":\"viewing\"}"));
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
    assertEquals(new Unknown(detail), ClientMessage.read(message));
  }

  @Test
  void a_long_value_is_not_repeated() {
    assertEquals(
        new Unknown("type (expected: ping, auth or presence)"),
        ClientMessage.read("{\"type\":\"" + "x".repeat(1_000) + "\"}"));
  }
}
