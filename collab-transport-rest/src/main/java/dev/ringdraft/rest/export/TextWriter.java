package dev.ringdraft.rest.export;

import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text of a draft in a layout, as the reading view of the page copies it: the title on
 * one line, and no white space around a segment. With authors, a name stands before the first
 * segment of each run by one author.
 */
final class TextWriter implements EventWriter {
  private final Layout layout;
  private final String title;
  private final boolean withAuthors;
  private @Nullable UserId author;
  private boolean begun;

  TextWriter(Layout layout, String title, boolean withAuthors) {
    this.layout = layout;
    this.title = title.replaceAll("(?U)\\s+", " ").strip();
    this.withAuthors = withAuthors;
  }

  @Override
  public void begin(StringBuilder out) {
    block(layout.title(title), out);
  }

  @Override
  public void add(RecordedEvent event, StringBuilder out) {
    if (event.event() instanceof SegmentAdded added) {
      Segment segment = added.segment();
      if (withAuthors && !segment.author().equals(author)) {
        author = segment.author();
        block(layout.author(shown(segment.author())), out);
      }
      block(layout.segment(segment.content().strip()), out);
    }
  }

  @Override
  public void end(StringBuilder out) {
    out.append(layout.end());
  }

  private void block(String text, StringBuilder out) {
    if (!text.isEmpty()) {
      out.append(begun ? layout.separator() : "").append(text);
      begun = true;
    }
  }

  /** What can't be seen or turns the direction of a line is shown by its number. */
  private static String shown(UserId user) {
    StringBuilder name = new StringBuilder("@");
    user.value()
        .codePoints()
        .forEach(
            sign -> {
              switch (Character.getType(sign)) {
                case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    name.append("⟨U+%04X⟩".formatted(sign));
                default -> name.appendCodePoint(sign);
              }
            });
    return name.toString();
  }
}
