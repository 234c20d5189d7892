package dev.ringdraft.app.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Keys that were generated for these tests, and tokens of all kinds made with them. */
final class Tokens {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final String SECRET = "a secret of thirty-two bytes, no less";

  static final KeyPair RSA = pair("RSA", 2048);
  static final KeyPair OTHER_RSA = pair("RSA", 2048);
  static final KeyPair P256 = curve("secp256r1");
  static final KeyPair ED25519 = pair("Ed25519", 0);

  private Tokens() {}

  static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static KeyPair curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static Key hmac(String secret) {
    return new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The claims of a token of ANA that is good for a minute. */
  static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "ana");
    claims.put("exp", NOW.getEpochSecond() + 60);
    return claims;
  }

  static Map<String, Object> claims(String name, @Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, value);
    }
    return claims;
  }

  static String signed(Key key, String algorithm, @Nullable String keyId) {
    return signed(key, algorithm, keyId, claims());
  }

  static String signed(
      Key key, String algorithm, @Nullable String keyId, Map<String, Object> claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(json(claims));
    signature.setAlgorithmHeaderValue(algorithm);
    if (keyId != null) {
      signature.setKeyIdHeaderValue(keyId);
    }
    signature.setKey(key);
    signature.setDoKeyValidation(false);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException failed) {
      throw new AssertionError(failed);
    }
  }

  /** A token with this header and these claims, and whatever one likes as its signature. */
  static String raw(String header, Map<String, Object> claims, String signature) {
    return base64(header) + "." + base64(json(claims)) + "." + signature;
  }

  /** A token of these very texts, signed with {@link #SECRET} by HS256 as it should be. */
  static String ofTexts(String header, String payload) {
    return signedOver(base64(header) + "." + base64(payload));
  }

  /** A token whose signature is right over this, whatever it is. */
  static String signedOver(String headerAndPayload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hmac(SECRET));
      byte[] signature = mac.doFinal(headerAndPayload.getBytes(StandardCharsets.UTF_8));
      return headerAndPayload + "." + base64(signature);
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String json(Map<String, Object> claims) {
    return claims.entrySet().stream()
        .map(claim -> "\"%s\":%s".formatted(claim.getKey(), literal(claim.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Text is quoted unless it is JSON of its own. */
  private static String literal(Object value) {
    return value instanceof String text && !text.startsWith("[")
        ? "\"%s\"".formatted(text)
        : value.toString();
  }
}
