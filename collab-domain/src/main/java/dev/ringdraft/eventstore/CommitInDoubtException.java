package dev.ringdraft.eventstore;

/**
 * The store took a commit and its answer was lost. The caller finds out by loading the receipt, and
 * may safely append again on the revision then found.
 */
public final class CommitInDoubtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommitInDoubtException(String message, Throwable cause) {
    super(message, cause);
  }
}
