package dev.ringdraft.app.auth;

import static dev.ringdraft.app.auth.KeylessToken.mustBeRefused;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever header and claims a token has that nobody signed with our key. */
@Tag("long")
class TokenSignatureFuzzTest {
  @FuzzTest
  void a_token_without_our_signature_is_refused(FuzzedDataProvider data) {
    String header = Tokens.base64(data.consumeString(200));
    String claims = Tokens.base64(data.consumeString(200));

    mustBeRefused(header + "." + claims + "." + Tokens.base64(data.consumeRemainingAsString()));
  }
}
