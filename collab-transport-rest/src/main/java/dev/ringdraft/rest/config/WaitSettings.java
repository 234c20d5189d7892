package dev.ringdraft.rest.config;

import java.time.Duration;

/**
 * How requests for events wait for the next ones.
 *
 * @param longest wait that a caller may ask for; whole seconds
 * @param commentEvery how often a stream shows that it is alive
 * @param perUser most requests of one user that wait or stream at once
 */
public record WaitSettings(Duration longest, Duration commentEvery, int perUser) {
  public WaitSettings {
    if (longest.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "longest in s: %d (expected: 1 or more)".formatted(longest.toSeconds()));
    }
    if (commentEvery.toMillis() < 1) {
      throw new IllegalArgumentException(
          "commentEvery in ms: %d (expected: 1 or more)".formatted(commentEvery.toMillis()));
    }
    if (perUser < 1) {
      throw new IllegalArgumentException("perUser: %d (expected: 1 or more)".formatted(perUser));
    }
  }

  /** At most 30 s, a comment every 15 s, 10 for each user. */
  public static WaitSettings defaults() {
    return new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 10);
  }
}
