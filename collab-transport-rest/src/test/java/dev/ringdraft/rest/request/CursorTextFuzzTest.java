package dev.ringdraft.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringdraft.view.DraftCursor;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Whatever is given back as the end of a page. */
@Tag("long")
class CursorTextFuzzTest {
  private static void mustSurvive(DraftCursor cursor) {
    assertEquals(cursor, CursorText.parse(CursorText.of(cursor)).orElseThrow());
  }

  @FuzzTest
  void every_cursor_is_one_of_ours_or_none(byte[] text) {
    CursorText.parse(new String(text, StandardCharsets.UTF_8))
        .ifPresent(CursorTextFuzzTest::mustSurvive);
  }
}
