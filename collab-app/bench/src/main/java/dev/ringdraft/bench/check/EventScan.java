package dev.ringdraft.bench.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds in an event what a subscriber needs: its revision, and the time at which its append was
 * due. The bench shares the machine with the server it measures, so no JSON parser runs here: a
 * thousand subscribers would parse every event a thousand times. Quotes within a text are escaped,
 * so the searched names occur nowhere else.
 *
 * <p>Events of a run look alike, so the offsets of the last one are tried first. Not thread-safe.
 */
public final class EventScan {
  private static final byte[] EVENT = "{\"type\":\"collab.".getBytes(US_ASCII);
  private static final byte[] REVISION = "\"revision\":".getBytes(US_ASCII);
  private static final byte[] CONTENT = "\"content\":\"".getBytes(US_ASCII);

  private int lastRevision;
  private int lastContent;
  private long revision;
  private long due;

  /** Reads the event that begins there; false if none does. */
  public boolean read(byte[] bytes, int from, int to) {
    if (!startsWith(EVENT, bytes, from, to)) {
      return false;
    }
    int number = after(REVISION, bytes, from, to, lastRevision);
    if (number < 0) {
      return false;
    }
    lastRevision = number - REVISION.length - from;
    revision = number(bytes, number, to);
    int text = after(CONTENT, bytes, from, to, lastContent);
    due = 0;
    if (text >= 0) {
      lastContent = text - CONTENT.length - from;
      due = DueStamp.isAt(bytes, text, to) ? DueStamp.read(bytes, text) : 0;
    }
    return true;
  }

  /** Where the next event begins; -1 if none does. */
  public static int next(byte[] bytes, int from, int to) {
    return indexOf(EVENT, bytes, from, to);
  }

  /** Of the event that was read. */
  public long revision() {
    return revision;
  }

  /** Of the event that was read; 0 when it is no stamped text. */
  public long due() {
    return due;
  }

  /** The number behind {@code "revision":} of any message; -1 without one. */
  public static long revisionIn(byte[] bytes, int from, int to) {
    int at = indexOf(REVISION, bytes, from, to);
    return at < 0 ? -1 : number(bytes, at + REVISION.length, to);
  }

  public static boolean contains(String text, byte[] bytes, int from, int to) {
    return indexOf(text.getBytes(US_ASCII), bytes, from, to) >= 0;
  }

  private static int after(byte[] name, byte[] bytes, int from, int to, int hint) {
    if (startsWith(name, bytes, from + hint, to)) {
      return from + hint + name.length;
    }
    int at = indexOf(name, bytes, from, to);
    return at < 0 ? -1 : at + name.length;
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  private static int indexOf(byte[] name, byte[] bytes, int from, int to) {
    for (int i = from; i <= to - name.length; i++) {
      if (bytes[i] == name[0] && startsWith(name, bytes, i, to)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] name, byte[] bytes, int from, int to) {
    return from + name.length <= to
        && Arrays.equals(name, 0, name.length, bytes, from, from + name.length);
  }
}
