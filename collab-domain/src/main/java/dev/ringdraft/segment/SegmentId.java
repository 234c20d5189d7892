package dev.ringdraft.segment;

import java.util.regex.Pattern;

/**
 * The name of one segment, given by the server, opaque to everybody.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record SegmentId(String value) {
  private static final Pattern FORM = Pattern.compile("[\\w-]{1,64}+");

  public SegmentId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a segment id has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
