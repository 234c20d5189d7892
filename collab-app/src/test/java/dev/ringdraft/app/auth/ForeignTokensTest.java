package dev.ringdraft.app.auth;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that PyJWT has made, good ones and bad; {@code pyjwt-tokens.py} makes them anew. */
class ForeignTokensTest {
  private static final JsonNode MADE = read();
  private static final TokenRules RULES =
      new TokenRules("https://id.example", Set.of("drafts"), Set.of("https://drafts.example"));

  @TempDir private Path folder;

  private static JsonNode read() {
    try (InputStream in = ForeignTokensTest.class.getResourceAsStream("pyjwt-tokens.json")) {
      return new ObjectMapper().readTree(requireNonNull(in));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA", "HS256"})
  void a_good_token_is_accepted_and_a_bad_one_is_told_why_not(String algorithm) throws IOException {
    JwtAuthenticator authenticator =
        new JwtAuthenticator(VerificationKeys.single(key(algorithm)), RULES, Tokens.CLOCK);
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (JsonNode made : MADE.get("tokens")) {
      if (made.get("key").asText().equals(algorithm)) {
        String what = made.get("what").asText() + ": ";
        Authentication outcome =
            authenticator.authenticate(new BearerToken(made.get("token").asText()));
        expected.add(what + made.get("outcome").asText());
        found.add(what + told(outcome));
      }
    }

    assertEquals(expected, found);
    assertEquals(3, expected.stream().filter(each -> each.endsWith(": accepted")).count());
  }

  @Test
  void no_key_accepts_what_is_meant_for_another() throws IOException {
    for (JsonNode made : MADE.get("tokens")) {
      for (String algorithm : List.of("RS256", "ES256", "EdDSA", "HS256")) {
        if (!made.get("key").asText().equals(algorithm)) {
          JwtAuthenticator authenticator =
              new JwtAuthenticator(VerificationKeys.single(key(algorithm)), RULES, Tokens.CLOCK);
          assertEquals(
              Refused.class,
              authenticator.authenticate(new BearerToken(made.get("token").asText())).getClass());
        }
      }
    }
  }

  private static String told(Authentication outcome) {
    return switch (outcome) {
      case Refused refused -> refused.reason();
      case Undecided undecided -> "undecided: " + undecided.detail();
      case Authenticated known -> {
        assertEquals(new Authenticated(new UserId("ana"), Tokens.NOW.plusSeconds(60)), known);
        yield "accepted";
      }
    };
  }

  private VerificationKey key(String algorithm) throws IOException {
    if (algorithm.equals("HS256")) {
      return VerificationKey.ofSecret(MADE.get("secret").asText());
    }
    Path pem = folder.resolve(algorithm + ".pem");
    Files.writeString(pem, MADE.get("public_keys").get(algorithm).asText());
    return PublicKeyPem.read(pem);
  }
}
