package dev.ringdraft.authoring;

import java.util.UUID;

/** Gives names that nobody has used before: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}. Port. */
@FunctionalInterface
public interface IdSource {
  String next();

  /** Random UUIDs (RFC 9562, version 4). */
  static IdSource random() {
    return () -> UUID.randomUUID().toString();
  }
}
