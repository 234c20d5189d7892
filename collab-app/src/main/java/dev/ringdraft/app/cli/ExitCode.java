package dev.ringdraft.app.cli;

/** What the program's end means. */
public enum ExitCode {
  /** All went well: helped, or served and was stopped in order. */
  DONE(0),
  /** The server could not start, be stopped in time or be trained, or a bench found a fault. */
  FAILED(1),
  /** The program was called in a way that can't be meant. */
  MISUSED(2);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit code of this number. */
  public static ExitCode of(int code) {
    return values()[code];
  }
}
