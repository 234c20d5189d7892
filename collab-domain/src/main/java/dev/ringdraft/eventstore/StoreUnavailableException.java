package dev.ringdraft.eventstore;

/**
 * The store can't be reached, or has no capacity left. A store that throws it has changed nothing;
 * thrown by {@code DraftCommands} it can also mean that a commit's answer was lost for good.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
