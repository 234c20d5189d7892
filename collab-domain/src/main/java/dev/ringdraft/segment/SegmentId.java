package dev.ringdraft.segment;

/**
 * The name of one segment, given by the server, opaque to everybody.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record SegmentId(String value) {
  private static final int MAX_LENGTH = 64;

  public SegmentId {
    if (!hasForm(value)) {
      throw new IllegalArgumentException("a segment id has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  /** By hand: each row that is read has one, and a pattern was 7 % of the cost of a page. */
  private static boolean hasForm(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!allowed && c != '-') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= MAX_LENGTH;
  }

  @Override
  public String toString() {
    return value;
  }
}
