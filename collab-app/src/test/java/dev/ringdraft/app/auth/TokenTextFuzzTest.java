package dev.ringdraft.app.auth;

import static dev.ringdraft.app.auth.KeylessToken.mustBeRefused;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Whatever text is shown where a token is expected. */
@Tag("long")
class TokenTextFuzzTest {
  @FuzzTest
  void what_is_no_token_is_refused(byte[] text) {
    mustBeRefused(new String(text, StandardCharsets.UTF_8));
  }
}
