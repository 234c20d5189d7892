package dev.ringdraft.persistence.connection;

/**
 * Waits for a connection, to be counted. Port: a metrics library's adapter. Called by many threads,
 * for each operation; it must return at once and never throw.
 */
public interface PoolMetrics {
  /**
   * A connection was had.
   *
   * @param nanos after so many nanoseconds
   */
  void acquired(long nanos);

  /** None could be had in time. */
  void failed();

  /** Counts nothing. */
  static PoolMetrics disabled() {
    return new PoolMetrics() {
      @Override
      public void acquired(long nanos) {}

      @Override
      public void failed() {}
    };
  }
}
