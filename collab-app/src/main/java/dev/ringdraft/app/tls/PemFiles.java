package dev.ringdraft.app.tls;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.app.config.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two files, with what they held when they were read. Equal when they hold the same.
 *
 * @param certificate text of the certificate's file
 * @param privateKey text of the private key's file
 */
record PemFiles(TlsSettings files, String certificate, String privateKey) {
  /**
   * @throws ConfigurationException when one can't be read
   */
  static PemFiles read(TlsSettings files) {
    return new PemFiles(
        files,
        text(Key.HTTP_TLS_CERTIFICATE, files.certificate()),
        text(Key.HTTP_TLS_PRIVATE_KEY, files.privateKey()));
  }

  private static String text(Key key, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw refused(key, file, "can't be read");
    }
  }

  List<PemBlock> certificateBlocks() {
    return PemBlock.allOf(certificate);
  }

  List<PemBlock> privateKeyBlocks() {
    return PemBlock.allOf(privateKey);
  }

  /** For a certificate that can't be used. */
  ConfigurationException certificateRefused(String found) {
    return refused(Key.HTTP_TLS_CERTIFICATE, files.certificate(), found);
  }

  /** For a private key that can't be used. */
  ConfigurationException privateKeyRefused(String found) {
    return refused(Key.HTTP_TLS_PRIVATE_KEY, files.privateKey(), found);
  }

  private static ConfigurationException refused(Key key, Path file, String found) {
    return new ConfigurationException("%s: %s: %s".formatted(key, file, found));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "PemFiles[" + files + "]";
  }
}
