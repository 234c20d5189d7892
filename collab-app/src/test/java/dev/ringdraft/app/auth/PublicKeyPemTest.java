package dev.ringdraft.app.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicKeyPemTest {
  @TempDir private Path folder;

  @Test
  void the_algorithm_follows_from_the_key() throws IOException {
    assertEquals("RS256", PublicKeyPem.read(pem(Tokens.RSA.getPublic())).algorithm());
    assertEquals("ES256", PublicKeyPem.read(pem(Tokens.P256.getPublic())).algorithm());
    assertEquals("EdDSA", PublicKeyPem.read(pem(Tokens.ED25519.getPublic())).algorithm());
    assertEquals(Tokens.P256.getPublic(), PublicKeyPem.read(pem(Tokens.P256.getPublic())).key());
  }

  @Test
  void a_weak_or_unknown_kind_of_key_is_refused() throws IOException {
    assertRefused("another kind of key", pem(Tokens.pair("RSA", 1024).getPublic()));
    assertRefused("another kind of key", pem(Tokens.curve("secp384r1").getPublic()));
    assertRefused("another kind of key", pem(Tokens.pair("Ed448", 0).getPublic()));
    assertRefused("another kind of key", pem(Tokens.pair("X25519", 0).getPublic()));
  }

  @Test
  void a_private_key_or_another_file_is_refused() throws IOException {
    assertRefused("PRIVATE KEY", pem("PRIVATE KEY", Tokens.RSA.getPrivate()));
    assertRefused("no PEM block", Files.writeString(folder.resolve("text"), "hello"));
    assertRefused("can't be read", folder.resolve("nowhere"));
    assertRefused(
        "another kind of key",
        Files.writeString(
            folder.resolve("cut"), "-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY-----\n"));
  }

  private Path pem(Key key) throws IOException {
    return pem("PUBLIC KEY", key);
  }

  private Path pem(String label, Key key) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
  }

  private static void assertRefused(String found, Path file) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> PublicKeyPem.read(file));
    String line = String.valueOf(refused.getMessage());
    assertTrue(
        line.startsWith("auth.jwt.public-key: %s: %s (expected:".formatted(file, found)), line);
  }
}
