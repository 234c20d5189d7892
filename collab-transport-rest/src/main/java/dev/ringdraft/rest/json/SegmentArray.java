package dev.ringdraft.rest.json;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.wire.SegmentJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The first segments of a draft as JSON: their objects in UTF-8, in order of position, with commas
 * between. Immutable.
 */
public final class SegmentArray {
  static final SegmentArray EMPTY = new SegmentArray(new byte[0], new int[0]);

  private final byte[] json;

  /** Where the object of each position ends in {@link #json}. */
  private final int[] ends;

  private SegmentArray(byte[] json, int[] ends) {
    this.json = json;
    this.ends = ends;
  }

  /** All segments of a draft. */
  public static SegmentArray of(DraftId draft, List<Segment> segments) {
    Builder builder = EMPTY.toBuilder();
    segments.forEach(segment -> builder.add(draft, segment));
    return builder.build();
  }

  /** The number of segments. */
  public int size() {
    return ends.length;
  }

  /** The memory that it takes, about. */
  int bytes() {
    return json.length + ends.length * Integer.BYTES;
  }

  /**
   * Writes the objects of some positions, with commas between and no brackets.
   *
   * @param from the first position, 0 or more
   * @param to the position behind the last, {@link #size} at most
   */
  void write(int from, int to, OutputStream body) throws IOException {
    if (from >= to) {
      return;
    }
    int begin = from == 0 ? 0 : ends[from - 1] + 1;
    ChunkedWriter.write(json, begin, ends[to - 1], body);
  }

  /** The segments from a position on, up to but without another. */
  public SegmentSlice slice(int from, int to) {
    return new SegmentSlice(this, from, to);
  }

  /** These segments, for more to be added. */
  Builder toBuilder() {
    return new Builder(this);
  }

  /** For one thread. */
  static final class Builder {
    private final ByteArrayOutputStream json;
    private int[] ends;
    private int size;

    private Builder(SegmentArray from) {
      json = new ByteArrayOutputStream(from.json.length + 1024);
      json.writeBytes(from.json);
      ends = Arrays.copyOf(from.ends, from.size() + 16);
      size = from.size();
    }

    void add(DraftId draft, Segment segment) {
      if (size > 0) {
        json.write(',');
      }
      json.writeBytes(SegmentJson.of(draft, segment).getBytes(StandardCharsets.UTF_8));
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, 2 * size);
      }
      ends[size] = json.size();
      size++;
    }

    SegmentArray build() {
      return new SegmentArray(json.toByteArray(), Arrays.copyOf(ends, size));
    }
  }
}
