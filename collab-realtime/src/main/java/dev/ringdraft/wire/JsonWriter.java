package dev.ringdraft.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) without white space, members in the order of the calls. It escapes what
 * must be escaped and nothing else, so the text of a segment stays readable. For one thread, once;
 * what is long can be taken piece by piece.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);
  private boolean first = true;

  /** Begins an object, as the whole value or as an element of an array. */
  public JsonWriter beginObject() {
    separate();
    out.append('{');
    first = true;
    return this;
  }

  /** Begins an object as the value of a member. */
  public JsonWriter beginObject(String name) {
    name(name);
    out.append('{');
    first = true;
    return this;
  }

  public JsonWriter endObject() {
    out.append('}');
    first = false;
    return this;
  }

  /** Begins an array as the value of a member. */
  public JsonWriter beginArray(String name) {
    name(name);
    out.append('[');
    first = true;
    return this;
  }

  public JsonWriter endArray() {
    out.append(']');
    first = false;
    return this;
  }

  /** Writes a string as an element of an array. */
  public JsonWriter element(String value) {
    separate();
    string(value);
    return this;
  }

  /** Writes a member; null is written as {@code null}. */
  public JsonWriter member(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      out.append("null");
    } else {
      string(value);
    }
    return this;
  }

  public JsonWriter member(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /** Writes a number as a member; null is written as {@code null}. */
  public JsonWriter number(String name, @Nullable Integer value) {
    name(name);
    out.append(value);
    return this;
  }

  public JsonWriter member(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** Takes the written text, in UTF-8; what comes next follows it. */
  public byte[] take() {
    byte[] written = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return written;
  }

  /** The text that was written so far and not taken. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void name(String name) {
    separate();
    string(name);
    out.append(':');
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  /** Characters that stay as they are, which are nearly all, are copied in runs. */
  private void string(String value) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(value, copied, i);
        escape(c);
        copied = i + 1;
      }
    }
    if (copied == 0) {
      out.append(value);
    } else {
      out.append(value, copied, value.length());
    }
    out.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
    }
  }
}
