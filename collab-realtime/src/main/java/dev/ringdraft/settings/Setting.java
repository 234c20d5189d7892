package dev.ringdraft.settings;

import java.time.Duration;

/**
 * Checks the value of a setting, and returns it. Each method throws an {@link
 * IllegalArgumentException} that names the setting, its value and what is expected.
 */
public final class Setting {
  private Setting() {}

  /** A number of 1 or more. */
  public static int positive(String name, int value) {
    return Math.toIntExact(positive(name, (long) value));
  }

  /** A number of 1 or more. */
  public static long positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
    return value;
  }

  /** A time of 1 ms or more. */
  public static Duration positive(String name, Duration value) {
    positive(name + " in ms", value.toMillis());
    return value;
  }

  /** A time of 0 or more. */
  public static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s: %s (expected: 0 or more)".formatted(name, value));
    }
    return value;
  }
}
