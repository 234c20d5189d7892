package dev.ringdraft.rest.config;

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

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }
}
