package dev.ringdraft.rest;

import java.time.Duration;

/**
 * How requests for events wait for the next ones.
 *
 * @param longest wait that a caller may ask for; whole seconds
 * @param perUser most requests of one user that wait or stream at once
 */
public record WaitSettings(Duration longest, int perUser) {
  public WaitSettings {
    if (longest.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "longest in s: %d (expected: 1 or more)".formatted(longest.toSeconds()));
    }
    if (perUser < 1) {
      throw new IllegalArgumentException("perUser: %d (expected: 1 or more)".formatted(perUser));
    }
  }

  /** At most 30 s, 10 for each user. */
  public static WaitSettings defaults() {
    return new WaitSettings(Duration.ofSeconds(30), 10);
  }
}
