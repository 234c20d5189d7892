package dev.ringdraft.app.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say besides who and until when.
 *
 * @param issuer the {@code iss}; null = any
 * @param audiences of which {@code aud} must hold one; empty = any
 * @param authorizedParties of which {@code azp} must be one; empty = any
 */
public record TokenRules(
    @Nullable String issuer, Set<String> audiences, Set<String> authorizedParties) {
  public TokenRules {
    audiences = Set.copyOf(audiences);
    authorizedParties = Set.copyOf(authorizedParties);
  }

  /** Any issuer, audience and party. */
  public static TokenRules defaults() {
    return new TokenRules(null, Set.of(), Set.of());
  }

  static TokenRules read(GivenValues values) {
    return new TokenRules(
        values.textOrNull(Key.AUTH_JWT_ISSUER),
        values.list(Key.AUTH_JWT_AUDIENCE),
        values.list(Key.AUTH_JWT_AUTHORIZED_PARTIES));
  }
}
