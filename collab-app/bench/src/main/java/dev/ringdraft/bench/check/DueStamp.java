package dev.ringdraft.bench.check;

/** The time at which an append was due, written into its text: {@code @16 hex digits@}. */
public final class DueStamp {
  /** In bytes, and in code points. */
  public static final int LENGTH = 18;

  private static final byte MARK = '@';
  private static final int DIGITS = 16;

  private DueStamp() {}

  /** Writes a stamp over {@link #LENGTH} bytes. */
  public static void write(long due, byte[] bytes, int at) {
    bytes[at] = MARK;
    for (int i = 0; i < DIGITS; i++) {
      int digit = (int) (due >>> (60 - 4 * i)) & 15;
      bytes[at + 1 + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
    bytes[at + LENGTH - 1] = MARK;
  }

  /** Whether a stamp stands there. */
  public static boolean isAt(byte[] bytes, int at, int to) {
    return at + LENGTH <= to && bytes[at] == MARK && bytes[at + LENGTH - 1] == MARK;
  }

  /** Reads a stamp that {@link #isAt stands there}. */
  public static long read(byte[] bytes, int at) {
    long due = 0;
    for (int i = 1; i <= DIGITS; i++) {
      int digit = bytes[at + i];
      due = due << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return due;
  }
}
