package dev.ringdraft.segment;

/**
 * The name of one segment, given by the server, opaque to everybody.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record SegmentId(String value) {
  public SegmentId {
    if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("a segment id has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
