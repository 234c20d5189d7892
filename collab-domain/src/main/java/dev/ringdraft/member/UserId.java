package dev.ringdraft.member;

/**
 * The name by which one person is known everywhere: the {@code sub} of a token, a key of a draft's
 * members.
 *
 * @param value 1 to 128 characters (UTF-16), no control character, no lone surrogate
 */
public record UserId(String value) {
  /** Longest user id, in UTF-16 characters. */
  public static final int MAX_LENGTH = 128;

  public UserId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%d characters (expected: 1..%d)".formatted(value.length(), MAX_LENGTH));
    }
    int codePoint;
    for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
      codePoint = value.codePointAt(i);
      if (isForbidden(codePoint)) {
        throw new IllegalArgumentException(
            "a control character or lone surrogate (expected: none)");
      }
    }
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  @Override
  public String toString() {
    return value;
  }
}
