package dev.ringdraft.app.auth;

import static dev.ringdraft.app.auth.Tokens.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.member.UserId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Session tokens in the shape that Clerk documents (version 2 of their claims): RS256 by a key with
 * a {@code kid}, for a minute, {@code azp} the page's origin, no {@code aud}; verified as a server
 * for Clerk is configured.
 */
class ClerkTokensTest {
  private static final String KEY = "ins_2aBcDeFgHiJkLmNoPqRsTuVwXyZ";
  private static final UserId USER = new UserId("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ");
  private static final String ISSUER = "https://clerk.drafts.example";
  private static final String PAGE = "https://drafts.example";

  private final JwksServer clerk = new JwksServer();
  private CompositeAuthenticator gatekeeper;

  @BeforeEach
  void start() {
    clerk.publish(
        Map.of(KEY, Tokens.RSA.getPublic()), Map.of(KEY, "\"use\":\"sig\",\"alg\":\"RS256\","));
    gatekeeper = at(0);
  }

  @AfterEach
  void stop() {
    gatekeeper.close();
    clerk.close();
  }

  /** A server for Clerk, some seconds after the token was made. */
  private CompositeAuthenticator at(int seconds) {
    return CompositeAuthenticator.of(
        Configuration.read(
            List.of(
                "--auth.jwt.jwks-url",
                clerk.url().toString(),
                "--auth.jwt.issuer",
                ISSUER,
                "--auth.jwt.authorized-parties",
                PAGE + ",https://preview.drafts.example"),
            Map.of()),
        InstantSource.fixed(NOW.plusSeconds(seconds)),
        KeyFetchMetrics.disabled());
  }

  private static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("azp", PAGE);
    claims.put("exp", NOW.getEpochSecond() + 60);
    claims.put("fea", "o:dashboard,o:impersonation");
    claims.put("fva", "[7,-1]");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("iss", ISSUER);
    claims.put("jti", "a1b2c3d4e5f67890abcd");
    claims.put("nbf", NOW.getEpochSecond() - 10);
    claims.put("o", new Json("{\"id\":\"org_123\",\"slg\":\"org-slug\",\"rol\":\"admin\"}"));
    claims.put("pla", "u:free,o:pro");
    claims.put("sid", "sess_123");
    claims.put("sts", "active");
    claims.put("sub", USER.value());
    claims.put("v", 2);
    return claims;
  }

  /** A claim that is more than text or a number. */
  private record Json(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Map<String, Object> claims(String name, @Nullable Object value) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    if (value != null) {
      claims.put(name, value);
    }
    return claims;
  }

  private static Authentication ask(CompositeAuthenticator gatekeeper, Map<String, Object> claims) {
    return gatekeeper.authenticate(
        new BearerToken(Tokens.signed(Tokens.RSA.getPrivate(), "RS256", KEY, claims)));
  }

  @Test
  void a_session_is_accepted_for_its_minute() {
    Authenticated known = new Authenticated(USER, NOW.plusSeconds(60));

    assertEquals(known, ask(gatekeeper, claims()));
    try (CompositeAuthenticator late = at(64);
        CompositeAuthenticator tooLate = at(66)) {
      assertEquals(known, ask(late, claims()));
      assertEquals(
          new Refused(CredentialsFault.EXPIRED, "the token has expired"), ask(tooLate, claims()));
    }
  }

  @Test
  void the_parts_of_an_older_version_are_accepted_too() {
    Map<String, Object> first = claims("v", null);
    first.remove("o");
    first.put("org_id", "org_123");
    first.put("org_role", "org:admin");
    first.put("org_slug", "org-slug");

    assertEquals(new Authenticated(USER, NOW.plusSeconds(60)), ask(gatekeeper, first));
  }

  @Test
  void a_session_of_another_page_of_the_same_Clerk_is_refused() {
    Refused refused =
        new Refused(
            CredentialsFault.AUTHORIZED_PARTY,
            "the token's azp is missing or not accepted here",
            "the token's azp is missing or not accepted here; see auth.jwt.authorized-parties");

    assertEquals(refused, ask(gatekeeper, claims("azp", "https://evil.example")));
    assertEquals(refused, ask(gatekeeper, claims("azp", PAGE + "/")));
    assertEquals(refused, ask(gatekeeper, claims("azp", null)));
    assertEquals(
        new Refused(CredentialsFault.CLAIMS, "a claim of the token is malformed"),
        ask(gatekeeper, claims("azp", "[\"%s\"]".formatted(PAGE))));
  }

  @Test
  void a_session_of_another_Clerk_is_refused() {
    assertEquals(
        new Refused(
            CredentialsFault.ISSUER,
            "the token's iss is missing or not accepted here",
            "the token's iss is missing or not accepted here; see auth.jwt.issuer"),
        ask(gatekeeper, claims("iss", "https://clerk.evil.example")));
    assertEquals(
        new Refused(CredentialsFault.SIGNATURE, "the token's signature does not fit the key"),
        gatekeeper.authenticate(
            new BearerToken(Tokens.signed(Tokens.OTHER_RSA.getPrivate(), "RS256", KEY, claims()))));
    assertEquals(
        new Refused(CredentialsFault.UNKNOWN_KEY, "no key of the provider fits the token"),
        gatekeeper.authenticate(
            new BearerToken(
                Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "ins_other", claims()))));
  }
}
