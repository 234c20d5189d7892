package dev.ringdraft.app.http;

/**
 * The server can't listen on its address: the port is in use or not permitted, or the host can't be
 * resolved or is not an address of this machine. The message is one line that begins with the
 * configuration key to change; the cause is the network's own exception.
 */
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ListenException(String line, Throwable cause) {
    super(line, cause);
  }
}
