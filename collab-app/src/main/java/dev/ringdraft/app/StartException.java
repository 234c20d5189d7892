package dev.ringdraft.app;

/** The server can't start, for a reason that fits one line: no stack trace is needed. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(Throwable reason) {
    super(String.valueOf(reason.getMessage()), reason);
  }
}
