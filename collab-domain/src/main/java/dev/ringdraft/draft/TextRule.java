package dev.ringdraft.draft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a title or a segment may consist of: 1 to a limit of Unicode code points, counted as they
 * came, without NUL (PostgreSQL can't store it) and without lone surrogates (UTF-8 can't).
 */
record TextRule(String field, int maxCodePoints) {
  /** Adds what is wrong with the text, if anything is; null is a text that was not given. */
  void check(@Nullable String text, List<FieldError> errors) {
    if (text == null) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > maxCodePoints) {
      errors.add(
          new FieldError(
              field, "%d code points (expected: 1..%d)".formatted(length, maxCodePoints)));
    } else if (text.indexOf('\0') >= 0) {
      errors.add(new FieldError(field, "a NUL character (expected: none)"));
    } else if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      errors.add(new FieldError(field, "a lone surrogate (expected: well-formed Unicode)"));
    }
  }
}
