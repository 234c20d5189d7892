package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonWriterTest {

  @Test
  void members_are_written_in_the_order_of_the_calls_without_white_space() {
    String json =
        new JsonWriter()
            .beginObject()
            .member("text", "words")
            .member("number", -7)
            .member("yes", true)
            .member("no", false)
            .member("nothing", null)
            .endObject()
            .toString();

    assertEquals(
        "{\"text\":\"words\",\"number\":-7,\"yes\":true,\"no\":false,\"nothing\":null}", json);
  }

  @Test
  void objects_and_arrays_are_parted_by_commas_and_nothing_else() {
    String json =
        new JsonWriter()
            .beginObject()
            .beginObject("empty")
            .endObject()
            .beginArray("none")
            .endArray()
            .beginArray("some")
            .beginObject()
            .endObject()
            .beginObject()
            .member("a", 1)
            .beginObject("b")
            .member("c", Long.MAX_VALUE)
            .endObject()
            .endObject()
            .endArray()
            .member("last", "")
            .endObject()
            .toString();

    assertEquals(
        "{\"empty\":{},\"none\":[],\"some\":[{},{\"a\":1,\"b\":{\"c\":9223372036854775807}}],"
            + "\"last\":\"\"}",
        json);
  }

  @Test
  void what_is_taken_piece_by_piece_is_the_same() {
    JsonWriter json = new JsonWriter().beginObject().beginArray("words");

    String first = new String(json.element("ü🏮").take(), StandardCharsets.UTF_8);
    assertEquals("", json.toString());
    String second = new String(json.element("b").endArray().take(), StandardCharsets.UTF_8);
    String third = new String(json.endObject().take(), StandardCharsets.UTF_8);

    assertEquals("{\"words\":[\"ü🏮\",\"b\"]}", first + second + third);
  }

  @Test
  void every_control_character_is_escaped() {
    for (char c = 0; c < ' '; c++) {
      String expected =
          switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted((int) c);
          };
      assertEquals("{\"t\":\"a" + expected + "b\"}", text("a" + c + "b"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\", \\\"",
        "\\, \\\\",
        "\\n, \\\\n",
        "\\u0041, \\\\u0041",
        "\"\\\", \\\"\\\\\\\"",
      })
  void quotes_and_backslashes_are_escaped(String text, String written) {
    assertEquals("{\"t\":\"" + written + "\"}", text(text));
  }

  @Test
  void everything_else_stays_readable() {
    String text = "/ ' <\u007f\u0080\u00e9\u2028\u2029\u202e\ufeff\uffff \ud83e\udd91 \u5b57 >";

    assertEquals("{\"t\":\"" + text + "\"}", text(text));
  }

  @Test
  void names_are_escaped_like_texts() {
    assertEquals(
        "{\"a\\\"b\\n\":1}",
        new JsonWriter().beginObject().member("a\"b\n", 1).endObject().toString());
  }

  @Test
  void a_long_text_is_written_whole() {
    String text = "\ud83e\udd91".repeat(10_000);

    assertEquals("{\"t\":\"" + text + "\"}", text(text));
  }

  private static String text(String value) {
    return new JsonWriter().beginObject().member("t", value).endObject().toString();
  }
}
