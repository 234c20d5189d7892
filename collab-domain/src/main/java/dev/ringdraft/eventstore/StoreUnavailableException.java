package dev.ringdraft.eventstore;

/** The store can't be reached, or has no capacity left; nothing was changed by this call. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
