package dev.ringdraft.app.auth;

/**
 * Fetches of a provider's keys, to be counted. Port: a metrics library's adapter. Safe for use by
 * many threads; it must return at once and never throw.
 */
public interface KeyFetchMetrics {
  /** A set of keys was fetched, and is used. */
  void fetched();

  /** None could be fetched or read. */
  void failed();

  /** Counts nothing. */
  static KeyFetchMetrics disabled() {
    return new KeyFetchMetrics() {
      @Override
      public void fetched() {}

      @Override
      public void failed() {}
    };
  }
}
