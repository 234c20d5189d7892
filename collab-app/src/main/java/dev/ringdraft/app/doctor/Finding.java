package dev.ringdraft.app.doctor;

/**
 * The result of one check.
 *
 * @param subject such as {@code websocket}
 * @param detail one line
 */
public record Finding(Verdict verdict, String subject, String detail) {
  /** Whether it works. */
  public enum Verdict {
    OK,
    FAILED,
    SKIPPED
  }

  static Finding ok(String subject, String detail) {
    return new Finding(Verdict.OK, subject, detail);
  }

  static Finding failed(String subject, String detail) {
    return new Finding(Verdict.FAILED, subject, detail);
  }

  static Finding skipped(String subject, String detail) {
    return new Finding(Verdict.SKIPPED, subject, detail);
  }
}
