package dev.ringdraft.rest.problem;

/** How a caller's own words are shown back to them in a problem. */
public final class Printable {
  private static final int MAX_CODE_POINTS = 40;

  private Printable() {}

  /**
   * The text cut to {@value #MAX_CODE_POINTS} code points, what can't be written or seen replaced.
   */
  public static String plainly(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_CODE_POINTS)
        .map(c -> isUnprintable(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
