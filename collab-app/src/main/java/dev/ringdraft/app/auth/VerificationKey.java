package dev.ringdraft.app.auth;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;

/**
 * A key together with the one algorithm that it is good for.
 *
 * @param algorithm {@code HS256}, {@code RS256}, {@code ES256} or {@code EdDSA}
 */
record VerificationKey(Key key, String algorithm) {
  /** Fewest bits of an RSA modulus (RFC 7518, section 3.3). */
  static final int MIN_RSA_BITS = 2048;

  /** For HS256. */
  static VerificationKey ofSecret(String secret) {
    return new VerificationKey(
        new HmacKey(secret.getBytes(StandardCharsets.UTF_8)), AlgorithmIdentifiers.HMAC_SHA256);
  }

  /**
   * For RS256, ES256 or EdDSA.
   *
   * @return empty when the key is of another kind, or too weak
   */
  static Optional<VerificationKey> ofPublic(Key key) {
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
      return Optional.of(new VerificationKey(key, AlgorithmIdentifiers.RSA_USING_SHA256));
    }
    if (key instanceof ECPublicKey curve
        && EllipticCurves.P256.getCurve().equals(curve.getParams().getCurve())) {
      return Optional.of(
          new VerificationKey(key, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256));
    }
    if (key instanceof EdECPublicKey edwards
        && NamedParameterSpec.ED25519.getName().equals(edwards.getParams().getName())) {
      return Optional.of(new VerificationKey(key, AlgorithmIdentifiers.EDDSA));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "VerificationKey[%s]".formatted(algorithm);
  }
}
