package dev.ringdraft.rest.json;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Some of a draft's segments in order: a JSON array of bytes that are shared by all responses.
 *
 * @param segments of the draft, from the first on
 * @param from the first position, 0 or more
 * @param to the position behind the last, at most as many as there are segments
 */
public record SegmentSlice(SegmentArray segments, int from, int to) {
  /** Writes the elements, with commas between and no brackets. */
  void write(OutputStream body) throws IOException {
    segments.write(from, to, body);
  }
}
