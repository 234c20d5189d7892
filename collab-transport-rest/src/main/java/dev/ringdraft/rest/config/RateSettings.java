package dev.ringdraft.rest.config;

import static dev.ringdraft.settings.Setting.positive;

/**
 * How quickly one user, or one address of callers that nobody knows, may send requests.
 *
 * @param perSecond requests that may go on for ever
 * @param burst requests that may come at once after a rest
 */
public record RateSettings(int perSecond, int burst) {
  public RateSettings {
    positive("perSecond", perSecond);
    positive("burst", burst);
  }

  /** 50 a second, 100 at once. */
  public static RateSettings defaults() {
    return new RateSettings(50, 100);
  }
}
