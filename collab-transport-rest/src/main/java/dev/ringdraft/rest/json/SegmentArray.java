package dev.ringdraft.rest.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

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
  public void write(int from, int to, OutputStream body) throws IOException {
    if (from >= to) {
      return;
    }
    int begin = from == 0 ? 0 : ends[from - 1] + 1;
    ChunkedWriter.write(json, begin, ends[to - 1], body);
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

    void add(byte[] segment) {
      if (size > 0) {
        json.write(',');
      }
      json.writeBytes(segment);
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
