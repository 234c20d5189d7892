package dev.ringdraft.rest.config;

import static dev.ringdraft.settings.Setting.positive;

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
    positive("longest in s", longest.toSeconds());
    positive("commentEvery", commentEvery);
    positive("perUser", perUser);
  }

  /** At most 30 s, a comment every 15 s, 10 for each user. */
  public static WaitSettings defaults() {
    return new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 10);
  }
}
