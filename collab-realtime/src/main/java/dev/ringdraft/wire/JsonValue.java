package dev.ringdraft.wire;

import java.util.List;
import java.util.Map;

/** A JSON value as it was read. */
sealed interface JsonValue {
  /** How messages call a value of this kind. */
  String kind();

  /** Members by name, in the order in which they came. */
  record Members(Map<String, JsonValue> byName) implements JsonValue {
    @Override
    public String kind() {
      return "an object";
    }
  }

  record Elements(List<JsonValue> inOrder) implements JsonValue {
    @Override
    public String kind() {
      return "an array";
    }
  }

  record Text(String value) implements JsonValue {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * A number, not yet converted.
   *
   * @param literal as it was written
   */
  record Numeral(String literal) implements JsonValue {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Flag(boolean value) implements JsonValue {
    @Override
    public String kind() {
      return value ? "true" : "false";
    }
  }

  record Null() implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }
  }
}
