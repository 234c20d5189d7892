package dev.ringdraft.rest.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.FieldError;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.problem.Printable;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.wire.WireName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body: one JSON object in UTF-8, each name once, nothing behind it,
 * nested at most {@value #MAX_NESTING} deep. Nothing is converted: a number is no text. A field
 * that may be left out may be {@code null} as well.
 *
 * <p>Each method throws a {@link ProblemException} that names the field, its value and the expected
 * form.
 */
public final class JsonFields {
  private static final int MAX_NESTING = 16;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final JsonNode fields;
  private final String prefix;

  /**
   * @param prefix of the names that errors show: the object that these are the fields of
   */
  private JsonFields(JsonNode fields, String prefix) {
    this.fields = fields;
    this.prefix = prefix;
  }

  /** A body without fields, for requests that have none. */
  public static JsonFields none() {
    return new JsonFields(READER.createObjectNode(), "");
  }

  static JsonFields parse(byte[] body) {
    JsonNode root;
    try {
      root = READER.readTree(text(body));
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed.getLocation());
    }
    if (root.isMissingNode()) {
      throw missing();
    }
    if (!root.isObject()) {
      throw new ProblemException(Problem.invalid("body", kind(root) + " (expected: an object)"));
    }
    return new JsonFields(root, "");
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new ProblemException(
          Problem.of(ProblemCode.MALFORMED_JSON, "bytes that are no UTF-8 (expected: UTF-8)"));
    }
  }

  private static ProblemException malformed(@Nullable JsonLocation location) {
    String where =
        location == null
            ? ""
            : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return new ProblemException(
        Problem.of(
            ProblemCode.MALFORMED_JSON,
            "not well-formed%s (expected: one object, each name once, at most %d levels deep)"
                .formatted(where, MAX_NESTING)));
  }

  private static ProblemException missing() {
    return new ProblemException(
        Problem.of(ProblemCode.MALFORMED_JSON, "no body (expected: one JSON object)"));
  }

  /**
   * The body, when it has no field but these.
   *
   * @param body null when the request has none
   */
  public static JsonFields only(@Nullable JsonFields body, String... names) {
    if (body == null) {
      throw missing();
    }
    body.refuseAllBut(names);
    return body;
  }

  /** The same for a request that may come without a body. */
  public static JsonFields optional(@Nullable JsonFields body, String... names) {
    return body == null ? none() : only(body, names);
  }

  private void refuseAllBut(String... names) {
    Set<String> known = Set.of(names);
    List<FieldError> errors = new ArrayList<>();
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String expected = String.join(", ", names);
                errors.add(
                    new FieldError(
                        prefix + Printable.plainly(name),
                        "unknown field (expected: %s)".formatted(expected)));
              }
            });
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }

  /** A text that must be there. */
  public String text(String name) {
    return given(name, "a text", optionalText(name));
  }

  public @Nullable String optionalText(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw invalid(name, "%s (expected: a text)".formatted(kind(value)));
    }
    return value.textValue();
  }

  /** A whole number from 1 on. */
  public @Nullable Long optionalCount(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw invalid(name, "%s (expected: a whole number, 1 or more)".formatted(shown(value)));
    }
    return value.longValue();
  }

  /** A whole number in bounds. */
  public @Nullable Integer optionalNumber(String name, int min, int max) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      throw invalid(name, "%s (expected: %d..%d, or null)".formatted(shown(value), min, max));
    }
    return value.intValue();
  }

  public @Nullable Boolean optionalFlag(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw invalid(name, "%s (expected: true or false)".formatted(shown(value)));
    }
    return value.booleanValue();
  }

  /** An object that has no field but these. */
  public @Nullable JsonFields optionalObject(String name, String... names) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw invalid(name, "%s (expected: an object)".formatted(kind(value)));
    }
    return only(new JsonFields(value, prefix + name + "."), names);
  }

  /** Whether the field is there, if only as null. */
  public boolean has(String name) {
    return fields.has(name);
  }

  /** One of an enum's constants by its name on the wire. */
  public <E extends Enum<E>> @Nullable E optionalConstant(String name, Class<E> type) {
    String spelling = optionalText(name);
    if (spelling == null) {
      return null;
    }
    return WireName.parse(type, spelling)
        .orElseThrow(
            () ->
                invalidText(
                    name,
                    spelling,
                    Arrays.stream(type.getEnumConstants())
                        .map(WireName::of)
                        .collect(Collectors.joining(", "))));
  }

  /** A user's name that must be there. */
  public UserId user(String name) {
    return given(name, "a text", optionalUser(name));
  }

  public @Nullable UserId optionalUser(String name) {
    String text = optionalText(name);
    try {
      return text == null ? null : UserId.given(text);
    } catch (IllegalArgumentException noUserId) {
      throw invalid(name, String.valueOf(noUserId.getMessage()));
    }
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = fields.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private <T> T given(String name, String expected, @Nullable T value) {
    if (value == null) {
      throw invalid(name, "missing (expected: %s)".formatted(expected));
    }
    return value;
  }

  private static String shown(JsonNode value) {
    return value.isNumber() ? Printable.plainly(value.asText()) : kind(value);
  }

  private static String kind(JsonNode value) {
    String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return switch (value.getNodeType()) {
      case ARRAY, OBJECT -> "an " + kind;
      case STRING -> "a text";
      case NULL -> "null";
      case BINARY, BOOLEAN, MISSING, NUMBER, POJO -> "a " + kind;
    };
  }

  /** The problem that a field has. */
  public ProblemException invalid(String name, String detail) {
    return new ProblemException(Problem.invalid(prefix + name, detail));
  }

  /** The problem that a field's text is none of those expected. */
  public ProblemException invalidText(String name, String value, String expected) {
    return invalid(name, "\"%s\" (expected: %s)".formatted(Printable.plainly(value), expected));
  }
}
