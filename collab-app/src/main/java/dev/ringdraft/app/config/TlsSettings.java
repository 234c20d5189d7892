package dev.ringdraft.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * By which files the server speaks TLS itself. Both are PEM, and may be the same.
 *
 * @param certificate the server's own, then those that issued it
 * @param privateKey of the server's certificate
 */
public record TlsSettings(Path certificate, Path privateKey) {
  static @Nullable TlsSettings read(GivenValues values) {
    boolean certificate = values.has(Key.HTTP_TLS_CERTIFICATE);
    if (certificate != values.has(Key.HTTP_TLS_PRIVATE_KEY)) {
      throw new ConfigurationException(
          "%s: given without %s (expected: both or none)"
              .formatted(
                  certificate ? Key.HTTP_TLS_CERTIFICATE : Key.HTTP_TLS_PRIVATE_KEY,
                  certificate ? Key.HTTP_TLS_PRIVATE_KEY : Key.HTTP_TLS_CERTIFICATE));
    }
    return certificate
        ? new TlsSettings(
            values.path(Key.HTTP_TLS_CERTIFICATE), values.path(Key.HTTP_TLS_PRIVATE_KEY))
        : null;
  }
}
