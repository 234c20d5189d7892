package dev.ringdraft.segment;

import dev.ringdraft.member.UserId;
import dev.ringdraft.time.Milliseconds;
import java.time.Instant;

/**
 * One contribution to a draft. Immutable once committed.
 *
 * @param content the text as its author sent it: neither trimmed nor normalised
 * @param position the number of segments before it: 0, 1, 2 … without gaps
 * @param createdAt when the server accepted it, in whole milliseconds: what is finer is cut off
 */
public record Segment(
    SegmentId id, UserId author, String content, int position, Instant createdAt) {
  public Segment {
    if (position < 0) {
      throw new IllegalArgumentException("position: %d (expected: 0 or more)".formatted(position));
    }
    createdAt = Milliseconds.of(createdAt);
  }
}
