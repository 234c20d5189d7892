package dev.ringdraft.wire;

import dev.ringdraft.wire.JsonValue.Elements;
import dev.ringdraft.wire.JsonValue.Flag;
import dev.ringdraft.wire.JsonValue.Members;
import dev.ringdraft.wire.JsonValue.Null;
import dev.ringdraft.wire.JsonValue.Numeral;
import dev.ringdraft.wire.JsonValue.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that was read, converted on demand. Each method throws {@link
 * WireFormatException}, naming the place, when a member is missing or of another kind. Members that
 * nobody asks for are ignored.
 *
 * @param place the way to the object, such as {@code data.}; empty for the whole text
 */
record JsonObject(String place, Members members) {
  /**
   * Reads a text that is an object.
   *
   * @throws WireFormatException when it is none
   */
  static JsonObject read(String text, JsonReader.Limits limits) {
    JsonValue value = JsonReader.read(text, limits);
    if (value instanceof Members members) {
      return new JsonObject("", members);
    }
    throw new WireFormatException(value.kind() + " (expected: an object)");
  }

  /** Null when it is not there. */
  @Nullable JsonValue member(String name) {
    return members.byName().get(name);
  }

  /** Whether it is there, null or not. */
  boolean has(String name) {
    return members.byName().containsKey(name);
  }

  private boolean isNull(String name) {
    return member(name) instanceof Null;
  }

  String text(String name) {
    if (member(name) instanceof Text text) {
      return text.value();
    }
    throw wrong(name, "a text");
  }

  boolean flag(String name) {
    if (member(name) instanceof Flag flag) {
      return flag.value();
    }
    throw wrong(name, "true or false");
  }

  /** A number without a fraction or an exponent, that fits. */
  long whole(String name) {
    if (member(name) instanceof Numeral number) {
      try {
        return Long.parseLong(number.literal());
      } catch (NumberFormatException noLong) {
        throw wrong(name, "a whole number of 64 bits");
      }
    }
    throw wrong(name, "a whole number");
  }

  int smallWhole(String name) {
    long value = whole(name);
    if (value != (int) value) {
      throw wrong(name, "a whole number of 32 bits");
    }
    return (int) value;
  }

  /** Null when it is {@code null}. */
  @Nullable Integer smallWholeOrNull(String name) {
    return isNull(name) ? null : (Integer) smallWhole(name);
  }

  Instant instant(String name) {
    String text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException noInstant) {
      throw wrong(name, "an instant of RFC 3339");
    }
  }

  /** Null when it is {@code null}. */
  @Nullable Instant instantOrNull(String name) {
    return isNull(name) ? null : instant(name);
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return WireName.parse(type, text(name))
        .orElseThrow(() -> wrong(name, "one of " + WireName.all(type)));
  }

  /** Null when it is {@code null}. */
  <E extends Enum<E>> @Nullable E constantOrNull(String name, Class<E> type) {
    return isNull(name) ? null : constant(name, type);
  }

  /** A value that refuses a wrong text by {@link IllegalArgumentException}. */
  <T> T value(String name, Function<String, T> constructor) {
    return converted(place + name, text(name), constructor);
  }

  /** Null when it is {@code null}. */
  <T> @Nullable T valueOrNull(String name, Function<String, T> constructor) {
    return isNull(name) ? null : value(name, constructor);
  }

  JsonObject object(String name) {
    if (member(name) instanceof Members inner) {
      return new JsonObject(place + name + ".", inner);
    }
    throw wrong(name, "an object");
  }

  /** The objects of an array. */
  <T> List<T> objects(String name, Function<JsonObject, T> reader) {
    List<T> read = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      String there = "%s%s[%d]".formatted(place, name, read.size());
      if (!(element instanceof Members inner)) {
        throw wrong(there, element, "an object");
      }
      read.add(reader.apply(new JsonObject(there + ".", inner)));
    }
    return read;
  }

  /** The values of an array of texts. */
  <T> List<T> values(String name, Function<String, T> constructor) {
    List<T> read = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      String there = "%s%s[%d]".formatted(place, name, read.size());
      if (!(element instanceof Text text)) {
        throw wrong(there, element, "a text");
      }
      read.add(converted(there, text.value(), constructor));
    }
    return read;
  }

  private List<JsonValue> elements(String name) {
    if (member(name) instanceof Elements array) {
      return array.inOrder();
    }
    throw wrong(name, "an array");
  }

  private static <T> T converted(String there, String text, Function<String, T> constructor) {
    try {
      return constructor.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new WireFormatException(there + ": " + refused.getMessage());
    }
  }

  /** What is read of the object as a whole, where its values refuse each other. */
  <T> T checked(Function<JsonObject, T> reader) {
    try {
      return reader.apply(this);
    } catch (WireFormatException named) {
      throw named;
    } catch (IllegalArgumentException refused) {
      String there = place.isEmpty() ? "" : place.substring(0, place.length() - 1) + ": ";
      throw new WireFormatException(there + refused.getMessage());
    }
  }

  private WireFormatException wrong(String name, String expected) {
    return wrong(place + name, member(name), expected);
  }

  private static WireFormatException wrong(
      String there, @Nullable JsonValue value, String expected) {
    return new WireFormatException(
        "%s: %s (expected: %s)"
            .formatted(there, value == null ? "missing" : value.kind(), expected));
  }
}
