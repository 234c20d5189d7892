package dev.ringdraft.rest.request;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.view.DraftCursor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** How the end of a page of drafts is written for the caller, who need not understand it. */
public final class CursorText {
  /** What lies behind it no store has written, and some can't compare with. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private CursorText() {}

  public static String of(DraftCursor cursor) {
    String plain = cursor.updatedAt() + " " + cursor.draft();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The cursor that was written like this.
   *
   * @return empty when none was
   */
  public static Optional<DraftCursor> parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split(" ", -1);
      if (parts.length != 2) {
        return Optional.empty();
      }
      Instant updatedAt = Instant.parse(parts[0]);
      return updatedAt.isBefore(Instant.EPOCH) || updatedAt.isAfter(LATEST)
          ? Optional.empty()
          : Optional.of(new DraftCursor(updatedAt, new DraftId(parts[1])));
    } catch (IllegalArgumentException | DateTimeException noCursor) {
      return Optional.empty();
    }
  }
}
