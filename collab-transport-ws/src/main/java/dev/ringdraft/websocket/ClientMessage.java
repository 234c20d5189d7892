package dev.ringdraft.websocket;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

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

  /** A JSON object that means nothing here. */
  record Unknown() implements ClientMessage {}

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
    return switch (message.path("type").asText()) {
      case "ping" -> new Ping();
      case "auth" ->
          message.path("token").isTextual()
              ? new Auth(message.path("token").textValue())
              : new Unknown();
      default -> new Unknown();
    };
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
