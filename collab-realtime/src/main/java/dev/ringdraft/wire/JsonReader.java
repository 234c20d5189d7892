package dev.ringdraft.wire;

import dev.ringdraft.wire.JsonValue.Elements;
import dev.ringdraft.wire.JsonValue.Flag;
import dev.ringdraft.wire.JsonValue.Members;
import dev.ringdraft.wire.JsonValue.Null;
import dev.ringdraft.wire.JsonValue.Numeral;
import dev.ringdraft.wire.JsonValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259) and nothing else: no comment, no trailing comma, nothing behind
 * the value, no name twice in an object. Depth and length are limited, so that a text from outside
 * costs memory in proportion to its length and no deep recursion. For one thread, once.
 */
final class JsonReader {
  private static final int END = -1;
  private static final int HEX_DIGITS = 4;

  private final String text;
  private final Limits limits;
  private int at;
  private int depth;

  /**
   * What a text may be.
   *
   * @param depth of objects and arrays in each other
   * @param length in UTF-16 characters
   */
  record Limits(int depth, int length) {
    /** A message of a client. */
    static final Limits MESSAGE = new Limits(8, 1 << 20);

    /** A frame or an event of the server, whose longest is a presence of 200 users. */
    static final Limits FRAME = new Limits(16, 1 << 20);

    /** A whole draft: 10,000 segments of 500 code points, with all their members. */
    static final Limits DRAFT = new Limits(16, 1 << 25);
  }

  private JsonReader(String text, Limits limits) {
    this.text = text;
    this.limits = limits;
  }

  /**
   * Reads a whole text.
   *
   * @throws WireFormatException when it is no JSON, or exceeds a limit
   */
  static JsonValue read(String text, Limits limits) {
    if (text.length() > limits.length()) {
      throw new WireFormatException(
          "%d characters (expected: at most %d)".formatted(text.length(), limits.length()));
    }
    JsonReader reader = new JsonReader(text, limits);
    reader.skipSpace();
    JsonValue value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private JsonValue value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Text(string());
      case 't' -> word("true", new Flag(true));
      case 'f' -> word("false", new Flag(false));
      case 'n' -> word("null", new Null());
      default -> number();
    };
  }

  private Members object() {
    enter();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (!endsAt('}')) {
      do {
        skipSpace();
        if (peek() != '"') {
          throw unexpected("a name");
        }
        int nameAt = at;
        String name = string();
        skipSpace();
        expect(':');
        skipSpace();
        if (members.put(name, value()) != null) {
          at = nameAt;
          throw unexpected("a name that is not there yet");
        }
      } while (goesOn('}'));
    }
    depth--;
    return new Members(members);
  }

  private Elements array() {
    enter();
    List<JsonValue> elements = new ArrayList<>();
    if (!endsAt(']')) {
      do {
        skipSpace();
        elements.add(value());
      } while (goesOn(']'));
    }
    depth--;
    return new Elements(elements);
  }

  private void enter() {
    if (++depth > limits.depth()) {
      throw unexpected("at most %d levels".formatted(limits.depth()));
    }
    at++;
    skipSpace();
  }

  private boolean endsAt(char end) {
    if (peek() == end) {
      at++;
      return true;
    }
    return false;
  }

  /** Whether a comma follows; else the end has to. */
  private boolean goesOn(char end) {
    skipSpace();
    if (peek() == ',') {
      at++;
      return true;
    }
    expect(end);
    return false;
  }

  private String string() {
    int begin = ++at;
    while (true) {
      int next = peek();
      if (next == '"') {
        return text.substring(begin, at++);
      }
      if (next == '\\') {
        return escaped(begin);
      }
      if (next < ' ') {
        throw unexpected("a character of a text");
      }
      at++;
    }
  }

  /** Goes on with a string whose first escape is here. */
  private String escaped(int begin) {
    StringBuilder string = new StringBuilder(at - begin + 32).append(text, begin, at);
    while (true) {
      int next = peek();
      if (next < ' ') {
        throw unexpected("a character of a text");
      }
      at++;
      if (next == '"') {
        return string.toString();
      }
      string.append(next == '\\' ? escape() : (char) next);
    }
  }

  private char escape() {
    int escaped = peek();
    at++;
    return switch (escaped) {
      case '"', '\\', '/' -> (char) escaped;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> {
        at--;
        throw unexpected("an escape");
      }
    };
  }

  private char hex() {
    int code = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = hexDigit(peek());
      if (digit < 0) {
        throw unexpected("a hexadecimal digit");
      }
      code = (code << 4) | digit;
      at++;
    }
    return (char) code;
  }

  private static int hexDigit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return c > 0 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private JsonValue word(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private Numeral number() {
    int begin = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits(begin == at ? "a value" : "a digit");
    }
    if (peek() == '.') {
      at++;
      digits("a digit");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits("a digit");
    }
    return new Numeral(text.substring(begin, at));
  }

  /** One digit or more. */
  private void digits(String expected) {
    if (!isDigit(peek())) {
      throw unexpected(expected);
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private WireFormatException unexpected(String expected) {
    return new WireFormatException(
        at < text.length()
            ? "character %d (expected: %s)".formatted(at + 1, expected)
            : "the end of the text (expected: %s)".formatted(expected));
  }
}
