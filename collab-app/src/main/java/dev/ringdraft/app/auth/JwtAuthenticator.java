package dev.ringdraft.app.auth;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.app.auth.VerificationKeys.Found;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON Web Tokens (RFC 7519, RFC 8725): signature, {@code exp} and {@code sub} always,
 * {@code nbf} when it is there, {@code iss}, {@code aud} and {@code azp} when configured, with 5
 * seconds of leeway. The user is the {@code sub}.
 *
 * <p>Refused unread: encrypted tokens, tokens of more than 8 KiB, and those whose header brings a
 * key along or asks for an extension (RFC 7515, sections 4.1.2 to 4.1.6 and 4.1.11; RFC 7797,
 * section 7). The header's algorithm decides nothing: it has to be that of the key.
 *
 * <p>While no key could ever be fetched, a token of the right form is neither believed nor refused.
 */
final class JwtAuthenticator {
  /** Longest token, in characters. */
  static final int MAX_TOKEN_LENGTH = 8 * 1024;

  static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final Refused NOT_A_TOKEN =
      new Refused(
          CredentialsFault.MALFORMED, "the token is not a signed JSON Web Token in compact form");
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** What a header may not hold: where to find a key, or an extension that must be understood. */
  private static final List<String> REFUSED_PARAMETERS =
      List.of(
          HeaderParameterNames.JWK,
          HeaderParameterNames.JWK_SET_URL,
          HeaderParameterNames.X509_URL,
          HeaderParameterNames.X509_CERTIFICATE_CHAIN,
          HeaderParameterNames.CRITICAL,
          HeaderParameterNames.BASE64URL_ENCODE_PAYLOAD);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final VerificationKeys keys;
  private final TokenRules rules;
  private final InstantSource clock;

  JwtAuthenticator(VerificationKeys keys, TokenRules rules, InstantSource clock) {
    this.keys = keys;
    this.rules = rules;
    this.clock = clock;
  }

  /** May wait for a key. */
  Authentication authenticate(BearerToken bearer) {
    String token = bearer.token();
    if (token.length() > MAX_TOKEN_LENGTH) {
      return new Refused(
          CredentialsFault.MALFORMED,
          "the token has %d characters (expected: %d or fewer)"
              .formatted(token.length(), MAX_TOKEN_LENGTH));
    }
    if (!COMPACT.matcher(token).matches()) {
      return NOT_A_TOKEN;
    }
    Map<String, Object> header;
    try {
      header = headerOf(token);
    } catch (JoseException | RuntimeException malformed) {
      return NOT_A_TOKEN;
    }
    Optional<String> parameter =
        REFUSED_PARAMETERS.stream().filter(header::containsKey).findFirst();
    if (parameter.isPresent()) {
      return new Refused(
          CredentialsFault.MALFORMED,
          "the token's header has %s, which is not accepted here".formatted(parameter.get()));
    }
    Object keyId = header.get(HeaderParameterNames.KEY_ID);
    if (keyId != null && !(keyId instanceof String)) {
      return NOT_A_TOKEN;
    }
    return switch (keys.find((String) keyId)) {
      case Found.Unknown unknown -> new Refused(CredentialsFault.UNKNOWN_KEY, unknown.reason());
      case Found.Unavailable unavailable -> new Undecided(unavailable.reason());
      case Found.Known known -> verify(token, (String) keyId, known.key());
    };
  }

  private static Map<String, Object> headerOf(String token) throws JoseException {
    JsonWebSignature unverified = new JsonWebSignature();
    unverified.setCompactSerialization(token);
    return JsonUtil.parseJson(unverified.getHeaders().getFullHeaderAsJsonString());
  }

  private Authentication verify(String token, @Nullable String keyId, VerificationKey key) {
    try {
      return accept(consumerOf(key).build().processToClaims(token));
    } catch (InvalidJwtException refused) {
      Optional<VerificationKey> replacement =
          isFaultOfKey(refused) ? keys.replacement(keyId, key) : Optional.empty();
      return replacement.isPresent()
          ? verify(token, keyId, replacement.get())
          : refusalOf(refused, key);
    } catch (MalformedClaimException malformed) {
      return new Refused(CredentialsFault.CLAIMS, "a claim of the token is malformed");
    } catch (RuntimeException malformed) {
      return NOT_A_TOKEN;
    }
  }

  /** Whether the signature, or its algorithm, does not fit the key. */
  private static boolean isFaultOfKey(InvalidJwtException refused) {
    return refused.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
        || (refused.hasErrorCode(ErrorCodes.MISCELLANEOUS) && !isOutOfOrder(refused));
  }

  /** Whether the token ends before it was issued or is valid, which has no code of its own. */
  private static boolean isOutOfOrder(InvalidJwtException refused) {
    JwtContext context = refused.getJwtContext();
    JwtClaims claims = context == null ? null : context.getJwtClaims();
    if (claims == null) {
      return false;
    }
    try {
      NumericDate end = claims.getExpirationTime();
      return isBefore(end, claims.getIssuedAt()) || isBefore(end, claims.getNotBefore());
    } catch (MalformedClaimException noTime) {
      return false;
    }
  }

  private static boolean isBefore(@Nullable NumericDate end, @Nullable NumericDate beginning) {
    return end != null && beginning != null && end.isBefore(beginning);
  }

  private JwtConsumerBuilder consumerOf(VerificationKey key) {
    JwtConsumerBuilder consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key.key())
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()))
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds((int) LEEWAY.toSeconds())
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
    if (rules.issuer() != null) {
      consumer.setExpectedIssuer(rules.issuer());
    }
    if (rules.audiences().isEmpty()) {
      consumer.setSkipDefaultAudienceValidation();
    } else {
      consumer.setExpectedAudience(rules.audiences().toArray(String[]::new));
    }
    return consumer;
  }

  private Authentication accept(JwtClaims claims) throws MalformedClaimException {
    if (!rules.authorizedParties().isEmpty()) {
      String party = claims.getClaimValue("azp", String.class);
      if (party == null || !rules.authorizedParties().contains(party)) {
        return notAccepted(
            CredentialsFault.AUTHORIZED_PARTY, "azp", Key.AUTH_JWT_AUTHORIZED_PARTIES);
      }
    }
    UserId user;
    try {
      user = UserId.given(claims.getSubject());
    } catch (IllegalArgumentException invalid) {
      return new Refused(
          CredentialsFault.CLAIMS, "the token's sub is no user id: " + invalid.getMessage());
    }
    return new Authenticated(user, instantOf(claims.getExpirationTime()));
  }

  /** Far beyond any calendar is as good as its end. */
  private static Instant instantOf(NumericDate date) {
    long seconds = date.getValue();
    return seconds >= LATEST.getEpochSecond()
        ? LATEST
        : Instant.ofEpochMilli(date.getValueInMillis());
  }

  private static Refused notAccepted(CredentialsFault fault, String claim, Key key) {
    String detail = "the token's %s is missing or not accepted here".formatted(claim);
    return new Refused(fault, detail, "%s; see %s".formatted(detail, key));
  }

  /** The first thing to mend, in our own words, since the library's quote the token. */
  private static Refused refusalOf(InvalidJwtException refused, VerificationKey key) {
    if (refused.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return new Refused(CredentialsFault.SIGNATURE, "the token's signature does not fit the key");
    }
    if (refused.hasErrorCode(ErrorCodes.EXPIRED)) {
      return new Refused(CredentialsFault.EXPIRED, "the token has expired");
    }
    if (refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return new Refused(CredentialsFault.NOT_YET_VALID, "the token is not valid yet");
    }
    if (refused.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return new Refused(CredentialsFault.CLAIMS, "the token has no exp");
    }
    if (refused.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
      return new Refused(CredentialsFault.CLAIMS, "the token has no sub");
    }
    if (refused.hasErrorCode(ErrorCodes.ISSUER_MISSING)
        || refused.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return notAccepted(CredentialsFault.ISSUER, "iss", Key.AUTH_JWT_ISSUER);
    }
    if (refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)
        || refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
      return notAccepted(CredentialsFault.AUDIENCE, "aud", Key.AUTH_JWT_AUDIENCE);
    }
    if (isOutOfOrder(refused)) {
      return new Refused(CredentialsFault.CLAIMS, "the token's exp is before its iat or nbf");
    }
    String detail = "the token is malformed, or not signed by %s";
    return new Refused(
        CredentialsFault.MALFORMED,
        detail.formatted("the algorithm that is expected here"),
        detail.formatted(key.algorithm()));
  }
}
