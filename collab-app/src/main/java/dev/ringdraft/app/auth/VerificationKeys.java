package dev.ringdraft.app.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the key that a token must have been signed with. Safe for use by many threads. */
interface VerificationKeys {
  /**
   * Looks for a key; may wait a little for a provider.
   *
   * @param keyId the {@code kid} of the token's header, unverified; null when it has none
   */
  Found find(@Nullable String keyId);

  /**
   * Looks for the key that has taken the place of another under the same id, after a signature did
   * not fit that one; may wait a little for a provider.
   *
   * @param keyId as in {@link #find}
   * @param failed the key that was found before
   * @return empty when no other key is to be had
   */
  default Optional<VerificationKey> replacement(@Nullable String keyId, VerificationKey failed) {
    return Optional.empty();
  }

  /** The outcome of looking for a key. */
  sealed interface Found {
    record Known(VerificationKey key) implements Found {}

    /** No key, for a reason that helps an honest caller. */
    record Unknown(String reason) implements Found {}

    /** No key yet: none was ever fetched, so nobody knows which there are. */
    record Unavailable(String reason) implements Found {}
  }

  /** One configured key, whatever a token calls it. */
  static VerificationKeys single(VerificationKey key) {
    Found known = new Found.Known(key);
    return keyId -> known;
  }
}
