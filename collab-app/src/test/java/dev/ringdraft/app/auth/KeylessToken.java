package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.app.config.TokenRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** What somebody who has no key shows as a token: it is refused, and not repeated. */
final class KeylessToken {
  private static final JwtAuthenticator AUTHENTICATOR =
      new JwtAuthenticator(
          VerificationKeys.single(
              VerificationKey.ofSecret("a secret that the fuzzer can not guess in its life")),
          new TokenRules(null, Set.of(), Set.of()),
          InstantSource.fixed(Instant.EPOCH));

  private KeylessToken() {}

  static void mustBeRefused(String token) {
    Refused refused =
        assertInstanceOf(Refused.class, AUTHENTICATOR.authenticate(new BearerToken(token)));
    assertFalse(token.length() > 20 && refused.toString().contains(token), refused::toString);
  }
}
