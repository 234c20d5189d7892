package dev.ringdraft.persistence;

import dev.ringdraft.wire.WireName;

/** Reads the spellings of enum constants back. */
final class StoredNames {
  private StoredNames() {}

  /**
   * @throws IllegalArgumentException when there is no such constant
   */
  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return WireName.parse(type, name)
        .orElseThrow(
            () -> new IllegalArgumentException("no " + type.getSimpleName() + ": " + name));
  }

  /** Something that fails when what is stored is broken. */
  @FunctionalInterface
  interface Reading<T> {
    T read();
  }
}
