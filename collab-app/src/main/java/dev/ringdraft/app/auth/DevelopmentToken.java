package dev.ringdraft.app.auth;

import dev.ringdraft.app.config.AuthSettings;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.TokenKey;
import dev.ringdraft.app.config.TokenRules;
import dev.ringdraft.member.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Signs tokens that a server of the same configuration accepts, for development and tests: with the
 * issuer, an audience and an authorized party as the rules want them. Immutable.
 */
public final class DevelopmentToken {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final String EXPECTED =
      "(expected: an RSA, EC P-256 or Ed25519 key between BEGIN PRIVATE KEY and END PRIVATE KEY)";
  private static final int P_256_BITS = 256;

  /** The algorithms by the kind of a key, as {@link KeyFactory} names it. */
  private static final Map<String, String> ALGORITHMS = algorithms();

  private final Key key;
  private final String algorithm;
  private final TokenRules rules;

  private DevelopmentToken(Key key, String algorithm, TokenRules rules) {
    this.key = key;
    this.algorithm = algorithm;
    this.rules = rules;
  }

  private static Map<String, String> algorithms() {
    Map<String, String> algorithms = new LinkedHashMap<>();
    algorithms.put("RSA", AlgorithmIdentifiers.RSA_USING_SHA256);
    algorithms.put("EC", AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    algorithms.put("Ed25519", AlgorithmIdentifiers.EDDSA);
    return algorithms;
  }

  /**
   * Signs by the configured secret.
   *
   * @throws ConfigurationException when none is configured
   */
  public static DevelopmentToken bySecret(AuthSettings auth) {
    if (auth.key() instanceof TokenKey.HmacSecret secret) {
      return new DevelopmentToken(
          new HmacKey(secret.secret().getBytes(StandardCharsets.UTF_8)),
          AlgorithmIdentifiers.HMAC_SHA256,
          auth.rules());
    }
    throw new ConfigurationException(
        auth.key() == null
            ? "no key to sign with (expected: auth.jwt.hmac-secret, or --private-key)"
            : "--private-key: not given (expected: the private key of the configured public one)");
  }

  /**
   * Signs by a private key.
   *
   * @param file PEM, PKCS #8 without a passphrase
   * @throws ConfigurationException when it holds no such key
   */
  public static DevelopmentToken byPrivateKey(Path file, AuthSettings auth) {
    byte[] encoded = read(file);
    for (Map.Entry<String, String> each : ALGORITHMS.entrySet()) {
      Optional<Key> key = privateKey(each.getKey(), encoded);
      if (key.isPresent()) {
        if (key.get() instanceof ECKey curve
            && curve.getParams().getCurve().getField().getFieldSize() != P_256_BITS) {
          throw refused(file, "a key of another curve");
        }
        return new DevelopmentToken(key.get(), each.getValue(), auth.rules());
      }
    }
    throw refused(file, "another kind of key");
  }

  /** The key, if it is of this kind. */
  private static Optional<Key> privateKey(String kind, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }

  private static byte[] read(Path file) {
    try {
      Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      if (!pem.find()) {
        throw refused(file, "no private key in PEM");
      }
      return Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IOException unreadable) {
      throw refused(file, "can't be read");
    }
  }

  private static ConfigurationException refused(Path file, String found) {
    return new ConfigurationException("--private-key: %s: %s %s".formatted(file, found, EXPECTED));
  }

  /** A token of this user. */
  public String sign(UserId user, Instant end) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(user.value());
    claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
    if (rules.issuer() != null) {
      claims.setIssuer(rules.issuer());
    }
    rules.audiences().stream()
        .sorted()
        .findFirst()
        .ifPresent(audience -> claims.setAudience(List.of(audience)));
    rules.authorizedParties().stream()
        .sorted()
        .findFirst()
        .ifPresent(party -> claims.setStringClaim("azp", party));
    JsonWebSignature token = new JsonWebSignature();
    token.setKey(key);
    token.setAlgorithmHeaderValue(algorithm);
    token.setHeader("typ", "JWT");
    token.setPayload(claims.toJson());
    try {
      return token.getCompactSerialization();
    } catch (JoseException unusable) {
      throw new ConfigurationException("the key can't sign: " + unusable.getMessage());
    }
  }
}
