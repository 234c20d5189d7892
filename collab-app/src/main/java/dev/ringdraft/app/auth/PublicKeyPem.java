package dev.ringdraft.app.auth;

import dev.ringdraft.app.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a public key from a PEM file: a SubjectPublicKeyInfo (RFC 7468, section 13). */
final class PublicKeyPem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
  private static final String EXPECTED =
      "(expected: a PEM file with an RSA key of 2048 bits or more, an EC P-256 or an Ed25519 key"
          + " between BEGIN PUBLIC KEY and END PUBLIC KEY)";

  private PublicKeyPem() {}

  /**
   * @throws ConfigurationException when the file holds no such key
   */
  static VerificationKey read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw refused(file, "can't be read");
    }
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw refused(file, "no PEM block");
    }
    if (!"PUBLIC KEY".equals(block.group(1))) {
      throw refused(file, block.group(1));
    }
    return parse(block.group(2))
        .flatMap(VerificationKey::ofPublic)
        .orElseThrow(() -> refused(file, "another kind of key"));
  }

  private static Optional<PublicKey> parse(String base64) {
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    return KINDS.stream().flatMap(kind -> parse(kind, encoded).stream()).findFirst();
  }

  private static Optional<PublicKey> parse(String kind, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException notThisKind) {
      return Optional.empty();
    }
  }

  private static ConfigurationException refused(Path file, String found) {
    return new ConfigurationException(
        "auth.jwt.public-key: %s: %s %s".formatted(file, found, EXPECTED));
  }
}
