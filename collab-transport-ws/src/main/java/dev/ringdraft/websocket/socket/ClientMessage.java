package dev.ringdraft.websocket.socket;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.wire.WireName;
import java.util.Optional;

/** What a client says over its socket. */
sealed interface ClientMessage {
  /** Is anybody there? */
  record Ping() implements ClientMessage {}

  /** A token to take the place of the one that ends. */
  record Auth(String token) implements ClientMessage {
    @Override
    public String toString() {
      return "Auth[…]";
    }
  }

  /** What the user does. */
  record Presence(Activity activity) implements ClientMessage {}

  /**
   * A JSON object that means nothing here.
   *
   * @param detail which value is not understood, and what is expected
   */
  record Unknown(String detail) implements ClientMessage {
    private static final int SHOWN = 40;

    /** The value is repeated when it is a short text. */
    static Unknown value(String name, JsonNode value, String expected) {
      boolean isShort = value.isTextual() && value.textValue().length() <= SHOWN;
      return new Unknown(
          (isShort ? name + ": " + value.textValue() : name) + " (expected: " + expected + ")");
    }
  }

  /** No JSON object. */
  record Malformed() implements ClientMessage {}

  /** Reads a message of any content. */
  static ClientMessage parse(String text) {
    JsonNode message;
    try {
      message = Json.MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      return new Malformed();
    }
    if (!message.isObject()) {
      return new Malformed();
    }
    JsonNode type = message.path("type");
    return switch (type.asText()) {
      case "ping" -> new Ping();
      case "auth" -> auth(message.path("token"));
      case "presence" -> presence(message.path("state"));
      default -> Unknown.value("type", type, "ping, auth or presence");
    };
  }

  private static ClientMessage auth(JsonNode token) {
    return token.isTextual()
        ? new Auth(token.textValue())
        : Unknown.value("token", token, "a text");
  }

  private static ClientMessage presence(JsonNode state) {
    Optional<ClientMessage> said =
        WireName.parse(Activity.class, state.asText()).map(Presence::new);
    return said.orElseGet(() -> Unknown.value("state", state, "viewing or typing"));
  }

  /** The strict reader of this module. */
  final class Json {
    private static final int MAX_DEPTH = 8;

    private static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}
  }
}
