package dev.ringdraft.app.cli;

/** The exit codes of the program. */
public enum ExitCode {
  /** The command is done; a server was stopped in order. */
  DONE(0),
  /** The server could not start, be stopped in time or be trained, or a bench found a fault. */
  FAILED(1),
  /** Arguments or configuration were refused. */
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
