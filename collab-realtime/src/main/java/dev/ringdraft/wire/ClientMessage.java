package dev.ringdraft.wire;

import dev.ringdraft.presence.Activity;
import dev.ringdraft.wire.JsonValue.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client says over its socket: one JSON object a text frame, in both directions. */
public sealed interface ClientMessage {
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
    private static Unknown value(String name, @Nullable JsonValue value, String expected) {
      boolean isShort = value instanceof Text text && text.value().length() <= SHOWN;
      String shown = isShort && value instanceof Text text ? name + ": " + text.value() : name;
      return new Unknown(shown + " (expected: " + expected + ")");
    }
  }

  /** No JSON object. */
  record Malformed() implements ClientMessage {}

  /**
   * The JSON.
   *
   * @throws IllegalArgumentException for {@link Unknown} and {@link Malformed}
   */
  default String json() {
    JsonWriter json = new JsonWriter().beginObject();
    return switch (this) {
      case Ping ping -> json.member("type", "ping").endObject().toString();
      case Auth auth ->
          json.member("type", "auth").member("token", auth.token).endObject().toString();
      case Presence presence ->
          json.member("type", "presence")
              .member("state", WireName.of(presence.activity))
              .endObject()
              .toString();
      case Unknown unknown -> throw new IllegalArgumentException("a message that is not known");
      case Malformed malformed -> throw new IllegalArgumentException("no message");
    };
  }

  /** Reads a message of any content; never throws. */
  static ClientMessage read(String text) {
    JsonObject message;
    try {
      message = JsonObject.read(text, JsonReader.Limits.MESSAGE);
    } catch (WireFormatException malformed) {
      return new Malformed();
    }
    JsonValue type = message.member("type");
    return switch (type instanceof Text name ? name.value() : "") {
      case "ping" -> new Ping();
      case "auth" -> auth(message.member("token"));
      case "presence" -> presence(message.member("state"));
      default -> Unknown.value("type", type, "ping, auth or presence");
    };
  }

  private static ClientMessage auth(@Nullable JsonValue token) {
    return token instanceof Text text
        ? new Auth(text.value())
        : Unknown.value("token", token, "a text");
  }

  private static ClientMessage presence(@Nullable JsonValue state) {
    Optional<Activity> said =
        state instanceof Text text
            ? WireName.parse(Activity.class, text.value())
            : Optional.empty();
    return said.isPresent()
        ? new Presence(said.get())
        : Unknown.value("state", state, "viewing or typing");
  }
}
