package dev.ringdraft.app.auth;

import static dev.ringdraft.app.auth.Tokens.NOW;
import static dev.ringdraft.app.auth.Tokens.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.UserId;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
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
          "the token is malformed, or not signed by the algorithm that is expected here",
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

  @Test
  void a_signature_of_nothing_but_zeros_is_refused() {
    String token = Tokens.signed(Tokens.P256.getPrivate(), "ES256", null);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

    assertInstanceOf(
        Refused.class, verify(keyOf(Tokens.P256), unsigned + Tokens.base64(new byte[64])));
  }

  @Test
  void a_token_that_brings_its_own_key_is_refused() throws JoseException {
    PublicJsonWebKey own = PublicJsonWebKey.Factory.newPublicJwk(Tokens.OTHER_RSA.getPublic());
    JsonWebSignature forged = new JsonWebSignature();
    forged.setPayload(Tokens.json(claims()));
    forged.setAlgorithmHeaderValue("RS256");
    forged.setJwkHeader(own);
    forged.setKey(Tokens.OTHER_RSA.getPrivate());

    assertRefusedParameter("jwk", verify(RSA, forged.getCompactSerialization()));
    assertRefusedParameter("jwk", verify(SECRET, hs256With("\"jwk\":{\"kty\":\"oct\"}")));
  }

  @Test
  void a_token_that_names_a_set_of_keys_is_refused_and_nothing_is_fetched() {
    try (JwksServer other = new JwksServer()) {
      assertRefusedParameter(
          "jku", verify(SECRET, hs256With("\"jku\":\"%s\"".formatted(other.url()))));
      assertEquals(0, other.requests());
    }
  }

  @Test
  void a_token_that_names_a_certificate_is_refused_and_nothing_is_fetched() {
    try (JwksServer other = new JwksServer()) {
      assertRefusedParameter(
          "x5u", verify(SECRET, hs256With("\"x5u\":\"%s\"".formatted(other.url()))));
      assertEquals(0, other.requests());
    }
  }

  @Test
  void a_token_that_brings_a_certificate_is_refused() {
    assertRefusedParameter("x5c", verify(SECRET, hs256With("\"x5c\":[\"MIIB\"]")));
  }

  @Test
  void an_extension_that_must_be_understood_is_refused() {
    assertRefusedParameter("crit", verify(SECRET, hs256With("\"crit\":[\"exp\"],\"exp\":1")));
    assertRefusedParameter("crit", verify(SECRET, hs256With("\"crit\":[]")));
    assertRefusedParameter("crit", verify(SECRET, hs256With("\"crit\":null")));
  }

  @Test
  void a_payload_that_is_not_encoded_is_refused() {
    String header = Tokens.base64("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}");

    assertRefused(
        NOT_A_TOKEN, verify(SECRET, Tokens.signedOver(header + "." + Tokens.json(claims()))));
    assertRefusedParameter("crit", verify(SECRET, hs256With("\"b64\":false,\"crit\":[\"b64\"]")));
    assertRefusedParameter("b64", verify(SECRET, hs256With("\"b64\":true")));
  }

  @Test
  void whatever_else_the_header_says_is_passed_over() {
    assertInstanceOf(
        Authenticated.class,
        verify(SECRET, hs256With("\"typ\":\"JWT\",\"cat\":\"cl_B7d4PD111AAA\",\"x5t\":\"a\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"kid\":7}",
        "{\"alg\":7}",
        "{\"alg\":\"HS256\",\"alg\":\"none\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\"} {}",
        "[]",
        "null",
        "HS256",
      })
  void a_header_that_is_malformed_is_refused_though_the_signature_fits(String header) {
    assertInstanceOf(Refused.class, verify(SECRET, Tokens.ofTexts(header, Tokens.json(claims()))));
  }

  @Test
  void a_claim_that_is_told_twice_is_refused() {
    String end = "\"exp\":%d".formatted(NOW.getEpochSecond() + 60);

    for (String payload :
        List.of(
            "{\"sub\":\"ana\",\"sub\":\"ben\",%s}",
            "{\"sub\":\"ana\",\"exp\":1,%s}", "{\"sub\":\"ana\",\"\\u0073ub\":\"ben\",%s}")) {
      assertInstanceOf(
          Refused.class,
          verify(SECRET, Tokens.ofTexts("{\"alg\":\"HS256\"}", payload.formatted(end))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"ana\"", "{\"sub\":\"ana\"", "{} {}"})
  void claims_that_are_no_object_are_refused(String payload) {
    assertInstanceOf(Refused.class, verify(SECRET, Tokens.ofTexts("{\"alg\":\"HS256\"}", payload)));
  }

  @Test
  void an_encrypted_token_is_not_looked_at() {
    assertRefused(NOT_A_TOKEN, verify(SECRET, Tokens.base64("{\"alg\":\"dir\"}") + ".a.b.c.d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" %s", "%s ", "%s\n", "\t%s", "%s=", "%s.", "Bearer %s", "\"%s\""})
  void a_good_token_with_something_around_it_is_refused(String around) {
    assertRefused(NOT_A_TOKEN, verify(SECRET, around.formatted(hs256(claims()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "=", "!", "+", "/"})
  void a_good_token_with_something_inside_it_is_refused(String inside) {
    String token = hs256(claims());

    for (int index = 1; index < token.length(); index++) {
      String changed = token.substring(0, index) + inside + token.substring(index);
      assertRefused(NOT_A_TOKEN, verify(SECRET, changed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "not a token", "é.é.é", "\0.\0.\0"})
  void what_is_no_token_is_refused(String token) {
    assertRefused(NOT_A_TOKEN, verify(SECRET, token));
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
  void a_token_without_an_end_is_refused() {
    assertRefused("the token has no exp", verify(SECRET, hs256(claims("exp", null))));
    assertInstanceOf(
        Refused.class,
        verify(SECRET, Tokens.ofTexts("{\"alg\":\"HS256\"}", "{\"sub\":\"ana\",\"exp\":null}")));
  }

  @Test
  void a_token_without_a_user_is_refused() {
    assertRefused("the token has no sub", verify(SECRET, hs256(claims("sub", null))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"1795000000\"", "\"tomorrow\"", "true", "[]", "{}", "99999999999999999999999"})
  void an_end_that_is_no_time_is_refused(String end) {
    assertInstanceOf(
        Refused.class,
        verify(
            SECRET,
            Tokens.ofTexts("{\"alg\":\"HS256\"}", "{\"sub\":\"ana\",\"exp\":%s}".formatted(end))));
  }

  @Test
  void an_end_between_two_seconds_is_taken_for_the_earlier_one() {
    String payload = "{\"sub\":\"ana\",\"exp\":%d.75}".formatted(NOW.getEpochSecond() + 60);

    assertEquals(
        new Authenticated(ANA, NOW.plusSeconds(60)),
        verify(SECRET, Tokens.ofTexts("{\"alg\":\"HS256\"}", payload)));
  }

  @Test
  void claims_of_another_type_are_refused() {
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", 7))));
    assertRefused(
        "the token's sub is no user id: " + UserId.NOT_IN_URL,
        verify(SECRET, hs256(claims("sub", ".."))));
    assertRefused(
        "the token's sub is no user id: " + UserId.IS_RESERVED,
        verify(SECRET, hs256(claims("sub", "ringdraft:timer"))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", "[\"ana\"]"))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("nbf", "[]"))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("nbf", "soon"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"253402300800", "4611686018427387904", "1e30", "1e400"})
  void an_end_beyond_all_calendars_is_taken_for_the_end_of_ours(String end) {
    Authentication authentication =
        verify(
            SECRET,
            Tokens.ofTexts("{\"alg\":\"HS256\"}", "{\"sub\":\"ana\",\"exp\":%s}".formatted(end)));

    assertEquals(new Authenticated(ANA, Instant.parse("9999-12-31T23:59:59Z")), authentication);
  }

  @Test
  void a_sub_that_is_too_long_is_refused() {
    assertRefused(
        "the token's sub is no user id: 129 characters (expected: 1..128)",
        verify(SECRET, hs256(claims("sub", "a".repeat(129)))));
    assertInstanceOf(Refused.class, verify(SECRET, hs256(claims("sub", ""))));
    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("sub", "a".repeat(128)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\n", "\\r\\n", "\\u007f", "\\u0085", "\\ud800"})
  void a_sub_with_a_control_character_or_half_a_character_is_refused(String escape) {
    assertRefused(
        "the token's sub is no user id: a control character or lone surrogate (expected: none)",
        verify(SECRET, hs256(claims("sub", "a" + escape + "b"))));
  }

  @Test
  void the_issuer_is_checked_when_configured() {
    TokenRules rules = new TokenRules("https://id.example", Set.of(), Set.of());
    String claim = "iss";
    String key = "auth.jwt.issuer";

    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("iss", "https://id.example"))));
    assertRefusedClaim(
        claim, key, verify(SECRET, rules, hs256(claims("iss", "https://id.example/"))));
    assertRefusedClaim(claim, key, verify(SECRET, rules, hs256(claims())));
  }

  @Test
  void the_audience_is_checked_when_configured() {
    TokenRules rules = new TokenRules(null, Set.of("drafts", "rings"), Set.of());
    String claim = "aud";
    String key = "auth.jwt.audience";

    assertInstanceOf(Authenticated.class, verify(SECRET, rules, hs256(claims("aud", "rings"))));
    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("aud", "[\"a\",\"drafts\"]"))));
    assertRefusedClaim(claim, key, verify(SECRET, rules, hs256(claims("aud", "others"))));
    assertRefusedClaim(claim, key, verify(SECRET, rules, hs256(claims())));
    assertInstanceOf(Authenticated.class, verify(SECRET, hs256(claims("aud", "others"))));
  }

  @Test
  void the_authorized_party_is_checked_when_configured() {
    TokenRules rules = new TokenRules(null, Set.of(), Set.of("https://drafts.example"));
    String claim = "azp";
    String key = "auth.jwt.authorized-parties";

    assertInstanceOf(
        Authenticated.class, verify(SECRET, rules, hs256(claims("azp", "https://drafts.example"))));
    assertRefusedClaim(
        claim, key, verify(SECRET, rules, hs256(claims("azp", "https://evil.example"))));
    assertRefusedClaim(claim, key, verify(SECRET, rules, hs256(claims())));
    assertInstanceOf(Refused.class, verify(SECRET, rules, hs256(claims("azp", 7))));
  }

  @Test
  void times_in_the_wrong_order_are_named_and_not_taken_for_a_fault_of_the_key() {
    String reason = "the token's exp is before its iat or nbf";
    long exp = Tokens.NOW.plusSeconds(60).getEpochSecond();

    assertRefused(reason, verify(SECRET, hs256(claims("iat", exp + 1))));
  }

  @Test
  void each_refusal_says_its_kind() {
    long now = NOW.getEpochSecond();
    TokenRules rules = new TokenRules("https://id.example", Set.of("drafts"), Set.of("page"));
    TokenRules issuer = new TokenRules("https://id.example", Set.of(), Set.of());
    TokenRules audience = new TokenRules(null, Set.of("drafts"), Set.of());
    TokenRules party = new TokenRules(null, Set.of(), Set.of("page"));
    String other = Tokens.signed(Tokens.hmac(Tokens.SECRET.repeat(2)), "HS256", null);

    assertFault(CredentialsFault.MALFORMED, rules, "no token");
    assertFault(CredentialsFault.SIGNATURE, TokenRules.defaults(), other);
    assertFault(CredentialsFault.EXPIRED, rules, hs256(claims("exp", now - 60)));
    assertFault(CredentialsFault.NOT_YET_VALID, issuer, hs256(claims("nbf", now + 60)));
    assertFault(CredentialsFault.CLAIMS, TokenRules.defaults(), hs256(claims("sub", null)));
    assertFault(CredentialsFault.ISSUER, issuer, hs256(claims()));
    assertFault(CredentialsFault.AUDIENCE, audience, hs256(claims()));
    assertFault(CredentialsFault.AUTHORIZED_PARTY, party, hs256(claims()));
  }

  private static void assertFault(CredentialsFault fault, TokenRules rules, String token) {
    assertEquals(
        fault, assertInstanceOf(Refused.class, verify(SECRET, rules, token)).fault(), token);
  }

  @Test
  void a_reason_holds_no_part_of_the_token() {
    String token = Tokens.signed(Tokens.hmac(Tokens.SECRET.repeat(2)), "HS256", "kid-of-ana");

    Refused refused = assertInstanceOf(Refused.class, verify(SECRET, token));

    for (String part : token.split("\\.", -1)) {
      assertFalse(refused.toString().contains(part), refused.toString());
    }
    assertFalse(refused.toString().contains("ana"), refused.toString());
  }

  /** A token that is good but for what its header holds besides the algorithm. */
  private static String hs256With(String parameters) {
    return Tokens.ofTexts("{\"alg\":\"HS256\",%s}".formatted(parameters), Tokens.json(claims()));
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

  private static void assertRefusedParameter(String name, Authentication authentication) {
    assertRefused(
        "the token's header has %s, which is not accepted here".formatted(name), authentication);
  }

  /** The operator is given the key to look at; the caller is not. */
  private static void assertRefusedClaim(String claim, String key, Authentication authentication) {
    String detail = "the token's %s is missing or not accepted here".formatted(claim);
    assertRefused(detail, detail + "; see " + key, authentication);
  }

  private static void assertRefused(String detail, Authentication authentication) {
    assertRefused(detail, detail, authentication);
  }

  private static void assertRefused(String detail, String reason, Authentication authentication) {
    Refused refused = assertInstanceOf(Refused.class, authentication);
    assertEquals(detail, refused.detail());
    assertEquals(reason, refused.reason());
  }
}
