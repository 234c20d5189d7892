package dev.ringdraft.persistence.json;

import java.util.Arrays;
import java.util.Locale;

/**
 * The spelling of enum constants in the store: lower case. It happens to be the wire's spelling and
 * does not depend on it.
 */
public final class StoredNames {
  private StoredNames() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant of this spelling.
   *
   * @throws IllegalArgumentException when there is no such constant
   */
  public static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no " + type.getSimpleName() + ": " + name));
  }
}
