package dev.ringdraft.app.auth;

import static dev.ringdraft.app.auth.Tokens.NOW;
import static dev.ringdraft.app.auth.Tokens.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.Authentication;
import dev.ringdraft.member.Authentication.Authenticated;
import dev.ringdraft.member.Authentication.Refused;
import dev.ringdraft.member.Credentials;
import dev.ringdraft.member.Credentials.BearerToken;
import dev.ringdraft.member.UserId;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {
  private static final UserId ANA = new UserId("ana");
  private static final String NOT_A_TOKEN =
      "the token is not a signed JSON Web Token in compact form";
  private static final VerificationKey SECRET = VerificationKey.ofSecret(Tokens.SECRET);
  private static final VerificationKey RSA = keyOf(Tokens.RSA);

  @Test
  void a_token_by_each_kind_of_key_tells_the_user_and_the_end() {
    Authentication expected = new Authenticated(ANA, NOW.plusSeconds(60));

    assertEquals(expected, verify(SECRET, hs256(claims())));
    assertEquals(expected, verify(RSA, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "any")));
    assertEquals(
        expected,
        verify(keyOf(Tokens.P256), Tokens.signed(Tokens.P256.getPrivate(), "ES256", null)));
    assertEquals(
        expected,
        verify(keyOf(Tokens.ED25519), Tokens.signed(Tokens.ED25519.getPrivate(), "EdDSA", null)));
  }

  @Test
  void a_token_in_the_shape_of_a_Clerk_session_is_accepted() {
    Map<String, Object> claims = claims();
    claims.put("azp", "https://drafts.example");
    claims.put("exp", NOW.getEpochSecond() + 60);
    claims.put("fva", "[2,-1]");
    claims.put("iat", NOW.getEpochSecond());
    claims.put("iss", "https://clerk.drafts.example");
    claims.put("nbf", NOW.getEpochSecond() - 10);
    claims.put("sid", "sess_2aB");
    claims.put("sub", "user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ");
    claims.put("v", 2);
    TokenRules rules =
        new TokenRules("https://clerk.drafts.example", Set.of(), Set.of("https://drafts.example"));

    assertEquals(
        new Authenticated(new UserId("user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ"), NOW.plusSeconds(60)),
        verify(RSA, rules, Tokens.signed(Tokens.RSA.getPrivate(), "RS256", "ins_1", claims)));
  }

  @Test
  void a_token_by_another_key_is_refused() {
    assertRefused(
        "the token's signature does not fit the key",
        verify(RSA, Tokens.signed(Tokens.OTHER_RSA.getPrivate(), "RS256", null)));
    assertRefused(
        "the token's signature does not fit the key",
        verify(
            SECRET,
            Tokens.signed(Tokens.hmac("another secret of thirty-two bytes"), "HS256", null)));
  }

  @Test
  void an_unsigned_token_is_refused() {
    for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{}")) {
      for (VerificationKey key : List.of(SECRET, RSA)) {
        assertInstanceOf(Refused.class, verify(key, Tokens.raw(header, claims(), "")));
        assertInstanceOf(Refused.class, verify(key, Tokens.raw(header, claims(), "AAAA")));
      }
    }
  }

  @Test
  void a_public_key_used_as_a_secret_is_refused() {
    byte[] encoded = Tokens.RSA.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";

    for (String secret : List.of(pem, new String(encoded, StandardCharsets.ISO_8859_1))) {
      assertRefused(
          "the token is malformed, or not signed by RS256",
          verify(RSA, Tokens.signed(Tokens.hmac(secret), "HS256", null)));
    }
  }

  @Test
  void only_the_algorithm_of_the_key_is_accepted() {
    assertInstanceOf(
        Refused.class, verify(RSA, Tokens.signed(Tokens.RSA.getPrivate(), "RS512", null)));
    assertInstanceOf(
        Refused.class, verify(RSA, Tokens.signed(Tokens.RSA.getPrivate(), "PS256", null)));
    assertInstanceOf(
        Refused.class,
        verify(SECRET, Tokens.signed(Tokens.hmac(Tokens.SECRET.repeat(2)), "HS512", null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\",\"jwk\":%s}",
        "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/jwks\"}",
        "{\"alg\":\"RS256\",\"x5u\":\"http://127.0.0.1:1/cert\"}",
        "{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"RS256\",\"kid\":7}",
        "{\"alg\":7}",
        "[]",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}",
      })
  void what_the_header_says_about_keys_decides_nothing(String header) {
    String jwk = "{\"kty\":\"oct\",\"k\":\"AAAA\"}";

    assertInstanceOf(
        Refused.class,
        verify(
            RSA, Tokens.raw(header.replace("%s", jwk), claims(), Tokens.base64("a".repeat(256)))));
  }

  @Test
  void an_encrypted_token_is_not_looked_at() {
    assertRefused(NOT_A_TOKEN, verify(SECRET, Tokens.base64("{\"alg\":\"dir\"}") + ".a.b.c.d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "not a token", "é.é.é", "\0.\0.\0"})
  void what_is_no_token_is_refused(String token) {
    assertInstanceOf(Refused.class, verify(SECRET, token));
  }

  @Test
  void a_token_of_more_than_8_KiB_is_not_looked_at() {
    String large = hs256(claims("note", "x".repeat(6_500)));
    String fits = hs256(claims("note", "x".repeat(5_500)));

    assertTrue(large.length() > JwtAuthenticator.MAX_TOKEN_LENGTH);
    assertRefused(
        "the token has %d characters (expected: 8192 or fewer)".formatted(large.length()),
        verify(SECRET, large));
    assertInstanceOf(Authenticated.class, verify(SECRET, fits));
  }

  @Test
  void an_expired_token_is_refused_after_5_seconds_of_leeway() {
    long now = NOW.getEpochSecond();

    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("exp", now - 4))));
    assertRefused("the token has expired", verify(SECRET, hs256(claims("exp", now - 6))));
    assertRefused("the token has expired", verify(SECRET, hs256(claims("exp", -1))));
  }

  @Test
  void a_token_that_is_not_valid_yet_is_refused_until_5_seconds_before() {
    long now = NOW.getEpochSecond();

    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("nbf", now + 4))));
    assertRefused("the token is not valid yet", verify(SECRET, hs256(claims("nbf", now + 6))));
  }

  @Test
  void a_token_without_an_end_or_a_user_is_refused() {
    assertRefused("the token has no exp", verify(SECRET, hs256(claims("exp", null))));
    assertRefused("the token has no sub", verify(SECRET, hs256(claims("sub", null))));
  }

  @Test
  void claims_of_another_type_are_refused() {
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("exp", "tomorrow"))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", 7))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", "[\"ana\"]"))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("nbf", "[]"))));
  }

  @Test
  void an_end_beyond_all_calendars_is_taken_for_the_end_of_ours() {
    Authentication authentication = verify(SECRET, hs256(claims("exp", Long.MAX_VALUE / 2)));

    Authenticated ana = assertInstanceOf(Authenticated.class, authentication);
    assertEquals("9999-12-31T23:59:59Z", String.valueOf(ana.expiresAt()));
  }

  @Test
  void a_sub_that_is_no_user_id_is_refused() {
    assertRefused(
        "the token's sub is no user id: 129 characters (expected: 1..128)",
        verify(SECRET, hs256(claims("sub", "a".repeat(129)))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", ""))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", "a\\u0000b"))));
    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("sub", "a".repeat(128)))));
  }

  @Test
  void the_issuer_is_checked_when_configured() {
    TokenRules rules = new TokenRules("https://id.example", Set.of(), Set.of());
    String reason = "the token's iss is missing or not accepted here";

    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("iss", "https://id.example"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims("iss", "https://id.example/"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims())));
  }

  @Test
  void the_audience_is_checked_when_configured() {
    TokenRules rules = new TokenRules(null, Set.of("drafts", "rings"), Set.of());
    String reason = "the token's aud is missing or not accepted here";

    assertInstanceOf(Authenticated.class, verify(SECRET, rules, hs256(claims("aud", "rings"))));
    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("aud", "[\"a\",\"drafts\"]"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims("aud", "others"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims())));
    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("aud", "others"))));
  }

  @Test
  void the_authorized_party_is_checked_when_configured() {
    TokenRules rules = new TokenRules(null, Set.of(), Set.of("https://drafts.example"));
    String reason = "the token's azp is missing or not accepted here";

    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("azp", "https://drafts.example"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims("azp", "https://evil.example"))));
    assertRefused(reason, verify(SECRET, rules, hs256(claims())));
    assertInstanceOf(Refused.class, verify(SECRET, rules, hs256(claims("azp", 7))));
  }

  @Test
  void a_reason_holds_no_part_of_the_token() {
    String token = Tokens.signed(Tokens.hmac(Tokens.SECRET.repeat(2)), "HS256", "kid-of-ana");

    Refused refused = assertInstanceOf(Refused.class, verify(SECRET, token));

    for (String part : token.split("\\.", -1)) {
      assertFalse(refused.reason().contains(part), refused.reason());
    }
    assertFalse(refused.reason().contains("ana"), refused.reason());
  }

  @Test
  void only_tokens_are_verified() {
    JwtAuthenticator authenticator = authenticator(SECRET, TokenRules.defaults());

    assertInstanceOf(Refused.class, authenticator.authenticate(new Credentials.None()));
    assertInstanceOf(
        Refused.class, authenticator.authenticate(new Credentials.DevelopmentUser("ana")));
  }

  private static String hs256(Map<String, Object> claims) {
    return Tokens.signed(Tokens.hmac(Tokens.SECRET), "HS256", null, claims);
  }

  private static Authentication verify(VerificationKey key, String token) {
    return verify(key, TokenRules.defaults(), token);
  }

  private static Authentication verify(VerificationKey key, TokenRules rules, String token) {
    return authenticator(key, rules).authenticate(new BearerToken(token));
  }

  private static JwtAuthenticator authenticator(VerificationKey key, TokenRules rules) {
    return new JwtAuthenticator(VerificationKeys.single(key), rules, Tokens.CLOCK);
  }

  private static VerificationKey keyOf(KeyPair pair) {
    return VerificationKey.ofPublic(pair.getPublic()).orElseThrow();
  }

  private static void assertRefused(String reason, Authentication authentication) {
    assertEquals(new Refused(reason), authentication);
  }
}
