package dev.ringdraft.authoring;

/**
 * The name that a caller gives to a command, so that sending it again does not repeat it.
 *
 * @param value 1 to 128 characters (UTF-16), no control character, no lone surrogate
 */
public record IdempotencyKey(String value) {
  /** Longest key, in UTF-16 characters. */
  public static final int MAX_LENGTH = 128;

  public IdempotencyKey {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%d characters (expected: 1..%d)".formatted(value.length(), MAX_LENGTH));
    }
    if (value.codePoints().anyMatch(IdempotencyKey::isForbidden)) {
      throw new IllegalArgumentException("a control character or lone surrogate (expected: none)");
    }
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
