package dev.ringdraft.persistence.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** Reads members of stored JSON; refuses a member that is missing or of another kind. */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  public static JsonNode parse(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  public static String text(JsonNode object, String name) {
    String text = optionalText(object, name);
    if (text == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return text;
  }

  /** Null when the member is missing or null. */
  public static @Nullable String optionalText(JsonNode object, String name) {
    JsonNode member = object.get(name);
    if (member == null || member.isNull()) {
      return null;
    }
    if (!member.isTextual()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return member.textValue();
  }

  public static JsonNode object(JsonNode object, String name) {
    JsonNode member = object.get(name);
    if (member == null || !member.isObject()) {
      throw new IllegalArgumentException(name + " is no object");
    }
    return member;
  }

  public static JsonNode array(JsonNode object, String name) {
    JsonNode member = object.get(name);
    if (member == null || !member.isArray()) {
      throw new IllegalArgumentException(name + " is no array");
    }
    return member;
  }

  public static long number(JsonNode object, String name) {
    JsonNode member = object.get(name);
    if (member == null || !member.canConvertToLong() || !member.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " is no whole number");
    }
    return member.longValue();
  }
}
