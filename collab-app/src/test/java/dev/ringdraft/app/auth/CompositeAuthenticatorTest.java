package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.Credentials.None;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.member.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositeAuthenticatorTest {
  private static final BearerToken TOKEN =
      new BearerToken(Tokens.signed(Tokens.hmac(Tokens.SECRET), "HS256", null));
  private static final DevelopmentUser NAME = new DevelopmentUser("ben");

  @Test
  void in_development_mode_a_name_is_believed_and_a_token_is_not() {
    try (CompositeAuthenticator gatekeeper = gatekeeper()) {
      assertEquals(new Authenticated(new UserId("ben"), null), gatekeeper.authenticate(NAME));
      assertEquals(
          new Refused(
              CredentialsFault.NOT_ACCEPTED,
              "tokens are not accepted here",
              "no key is configured to verify tokens with; see auth.jwt.jwks-url"),
          gatekeeper.authenticate(TOKEN));
      assertEquals(
          new Refused(CredentialsFault.ABSENT, "neither a token nor a user was given"),
          gatekeeper.authenticate(new None()));
    }
  }

  @Test
  void a_name_that_is_no_user_id_is_refused() {
    try (CompositeAuthenticator gatekeeper = gatekeeper()) {
      assertEquals(
          new Refused(CredentialsFault.MALFORMED, "no user id: 0 characters (expected: 1..128)"),
          gatekeeper.authenticate(new DevelopmentUser("")));
      assertInstanceOf(Refused.class, gatekeeper.authenticate(new DevelopmentUser("a\nb")));
      assertInstanceOf(Refused.class, gatekeeper.authenticate(new DevelopmentUser("..")));
    }
  }

  @Test
  void with_a_key_a_token_is_verified_and_a_name_is_not_believed() {
    try (CompositeAuthenticator gatekeeper = gatekeeper("--auth.jwt.hmac-secret", Tokens.SECRET)) {
      assertInstanceOf(Authenticated.class, gatekeeper.authenticate(TOKEN));
      assertEquals(
          new Refused(
              CredentialsFault.NOT_ACCEPTED,
              "a token is needed",
              "a user name without a token; development mode is off, see auth.dev"),
          gatekeeper.authenticate(NAME));
      assertEquals(
          new Refused(CredentialsFault.ABSENT, "no token was given"),
          gatekeeper.authenticate(new None()));
    }
  }

  @Test
  void with_both_a_bad_token_is_refused_whoever_it_names() {
    try (CompositeAuthenticator gatekeeper =
        gatekeeper(
            "--auth.jwt.hmac-secret",
            Tokens.SECRET,
            "--auth.dev=true",
            "--auth.dev-with-keys=true")) {
      assertInstanceOf(Authenticated.class, gatekeeper.authenticate(TOKEN));
      assertInstanceOf(Authenticated.class, gatekeeper.authenticate(NAME));
      assertInstanceOf(Refused.class, gatekeeper.authenticate(new BearerToken("ben")));
    }
  }

  @Test
  void without_a_key_or_development_mode_nobody_is_let_in() {
    try (CompositeAuthenticator gatekeeper = gatekeeper("--auth.dev=false")) {
      assertInstanceOf(Refused.class, gatekeeper.authenticate(TOKEN));
      assertInstanceOf(Refused.class, gatekeeper.authenticate(NAME));
      assertInstanceOf(Refused.class, gatekeeper.authenticate(new None()));
    }
  }

  @Test
  void the_keys_of_a_provider_are_used() {
    try (JwksServer provider = new JwksServer()) {
      provider.publish(Map.of("r", Tokens.RSA.getPublic()));
      try (CompositeAuthenticator gatekeeper =
          gatekeeper("--auth.jwt.jwks-url", provider.url().toString())) {
        assertInstanceOf(
            Authenticated.class,
            gatekeeper.authenticate(
                new BearerToken(Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "r"))));
      }
    }
  }

  @Test
  void a_key_file_that_is_not_there_is_refused_at_the_start() {
    assertThrows(
        ConfigurationException.class,
        () -> gatekeeper("--auth.jwt.public-key", "/no/such/key.pem"));
  }

  private static CompositeAuthenticator gatekeeper(String... options) {
    return CompositeAuthenticator.of(
        Configuration.read(List.of(options), Map.of()), Tokens.CLOCK, KeyFetchMetrics.disabled());
  }
}
