package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringdraft.eventstore.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is read back, and the reader takes for JSON what Jackson does. */
final class CodecPropertyTest {
  private static final int VALUES = 5_000;
  private static final int TEXTS = 30_000;
  private static final JsonReader.Limits LIMITS = new JsonReader.Limits(4, 10_000);

  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(LIMITS.depth()).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static String seed(long seed) {
    return "seed " + seed;
  }

  @Test
  void an_event_is_read_as_it_was_written() {
    for (long seed = 0; seed < VALUES; seed++) {
      RecordedEvent event = new RandomWire(seed).recorded();
      assertEquals(event, EventJson.read(EventJson.of(event)), seed(seed));
    }
  }

  @Test
  void a_draft_is_read_as_it_was_written_and_its_halves_are_the_whole() {
    for (long seed = 0; seed < VALUES; seed++) {
      DraftSnapshot draft = new RandomWire(seed).snapshot();
      assertEquals(draft, DraftJson.read(DraftJson.of(draft)), seed(seed));
      if (draft.segments() == null) {
        DraftJson.Halves halves = DraftJson.halves(draft);
        assertEquals(DraftJson.of(draft), halves.before() + halves.after(), seed(seed));
      }
    }
  }

  @Test
  void a_frame_is_read_as_it_was_written() {
    for (long seed = 0; seed < VALUES; seed++) {
      ServerFrame frame = new RandomWire(seed).frame();
      assertEquals(frame, ServerFrame.read(frame.json()), seed(seed));
    }
  }

  @Test
  void a_message_is_read_as_it_was_written() {
    for (long seed = 0; seed < VALUES; seed++) {
      ClientMessage message = new RandomWire(seed).message();
      assertEquals(message, ClientMessage.read(message.json()), seed(seed));
    }
  }

  @Test
  void a_text_is_the_same_value_as_for_jackson_or_none_for_both() {
    int sound = 0;
    for (long seed = 0; seed < TEXTS; seed++) {
      String text = new RandomWire(seed).nearlyJson();
      Object expected = byJackson(text);
      assertEquals(expected, byOurs(text), () -> text);
      sound += REFUSED.equals(expected) ? 0 : 1;
    }
    // Else the comparison would be of errors, or of nothing else.
    assertEquals(0.5, (double) sound / TEXTS, 0.4);
  }

  private static final Object REFUSED = "refused";

  private static @Nullable Object byOurs(String text) {
    try {
      return plain(JsonReader.read(text, LIMITS));
    } catch (WireFormatException refused) {
      return REFUSED;
    }
  }

  private static @Nullable Object plain(JsonValue value) {
    return switch (value) {
      case JsonValue.Members object -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        object.byName().forEach((name, member) -> plain.put(name, plain(member)));
        yield List.copyOf(plain.keySet()) + " " + plain;
      }
      case JsonValue.Elements array -> {
        List<@Nullable Object> plain = new ArrayList<>();
        array.inOrder().forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case JsonValue.Text text -> "\"" + text.value();
      case JsonValue.Numeral number -> Double.parseDouble(number.literal()) + 0.0;
      case JsonValue.Flag flag -> flag.value();
      case JsonValue.Null none -> null;
    };
  }

  private static @Nullable Object byJackson(String text) {
    try {
      JsonNode read = JACKSON.readTree(text);
      return read.isMissingNode() ? REFUSED : plain(read);
    } catch (JacksonException refused) {
      return REFUSED;
    }
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        value.properties().forEach(each -> plain.put(each.getKey(), plain(each.getValue())));
        yield List.copyOf(plain.keySet()) + " " + plain;
      }
      case ARRAY -> {
        List<@Nullable Object> plain = new ArrayList<>();
        value.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case STRING -> "\"" + value.textValue();
      case NUMBER -> value.doubleValue() + 0.0;
      case BOOLEAN -> value.booleanValue();
      default -> null;
    };
  }
}
