package dev.ringdraft.app.http;

/** The address that the server is to listen on can't be had; the message is one line that helps. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String line, Throwable cause) {
    super(line, cause);
  }
}
