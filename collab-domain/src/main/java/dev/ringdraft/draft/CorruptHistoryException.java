package dev.ringdraft.draft;

/** Events were replayed that cannot have followed each other: the stored history is damaged. */
public final class CorruptHistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptHistoryException(String message) {
    super(message);
  }
}
