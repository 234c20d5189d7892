package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.Authentication.Refused;
import dev.ringdraft.member.Credentials.BearerToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Whatever is shown as a token, made by somebody who has no key: it is refused. */
class TokensFuzzTest {
  private static final JwtAuthenticator AUTHENTICATOR =
      new JwtAuthenticator(
          VerificationKeys.single(
              VerificationKey.ofSecret("a secret that the fuzzer can not guess in its life")),
          new TokenRules(null, Set.of(), Set.of()),
          InstantSource.fixed(Instant.EPOCH));

  private static void mustBeRefused(String token) {
    Refused refused =
        assertInstanceOf(Refused.class, AUTHENTICATOR.authenticate(new BearerToken(token)));
    assertFalse(token.length() > 20 && refused.reason().contains(token), refused::reason);
  }

  @FuzzTest(maxDuration = "2m")
  void what_is_no_token_is_refused(FuzzedDataProvider data) {
    mustBeRefused(data.consumeRemainingAsString());
  }

  @FuzzTest(maxDuration = "2m")
  void a_token_without_our_signature_is_refused(FuzzedDataProvider data) {
    String header = Tokens.base64(data.consumeString(200));
    String claims = Tokens.base64(data.consumeString(200));

    mustBeRefused(header + "." + claims + "." + Tokens.base64(data.consumeRemainingAsString()));
  }
}
