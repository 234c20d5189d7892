package dev.ringdraft.member;

import java.util.regex.Pattern;

/**
 * The name by which one person is known everywhere: the {@code sub} of a token, a key of a draft's
 * members.
 *
 * @param value 1 to 128 characters (UTF-16), no control character, no lone surrogate
 */
public record UserId(String value) {
  /** Longest user id, in UTF-16 characters. */
  public static final int MAX_LENGTH = 128;

  /** How the ids begin that the server itself acts under. No user may have one. */
  public static final String RESERVED_PREFIX = "ringdraft:";

  /** The actor of what happens because a deadline passed. */
  public static final UserId TIMER = new UserId(RESERVED_PREFIX + "timer");

  /** What is wrong with an id of the server's own. */
  public static final String IS_RESERVED =
      "\"" + RESERVED_PREFIX + "\" as its beginning, which is the server's own (expected: none)";

  /** What is wrong with an id that no URL can carry. */
  public static final String NOT_IN_URL =
      "\".\" or \"..\" as a part between slashes (expected: none)";

  private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:[/\\\\]|$)");

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

  /**
   * An id that comes from outside. It has to be one that a URL can carry, else a member of that
   * name could not be removed, and none of the server's own. The constructor takes others too,
   * because an old log may hold them.
   *
   * @throws IllegalArgumentException when no URL can carry it, it is reserved, or it is no user id
   *     at all
   */
  public static UserId given(String value) {
    UserId id = new UserId(value);
    if (!id.fitsInUrl()) {
      throw new IllegalArgumentException(NOT_IN_URL);
    }
    if (id.isReserved()) {
      throw new IllegalArgumentException(IS_RESERVED);
    }
    return id;
  }

  /**
   * Whether a URL can carry it as a segment of its path. Browsers, proxies and servers take {@code
   * .} and {@code ..} between slashes for a way to another path, also when they are percent-encoded
   * (RFC 3986, section 5.2.4).
   */
  public boolean fitsInUrl() {
    return !DOT_SEGMENT.matcher(value).find();
  }

  /** Whether the server itself acts under this id. */
  public boolean isReserved() {
    return value.startsWith(RESERVED_PREFIX);
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  @Override
  public String toString() {
    return value;
  }
}
