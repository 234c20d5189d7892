package dev.ringdraft.app.config;

import dev.ringdraft.app.http.address.Loopback;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The key by which tokens are verified; it alone decides which algorithms are accepted. */
public sealed interface TokenKey {
  /**
   * A secret shared with the issuer of the tokens: HS256.
   *
   * @param secret of which the UTF-8 bytes are the key, 32 or more (RFC 7518, section 3.2)
   */
  record HmacSecret(String secret) implements TokenKey {
    public static final int MIN_BYTES = 32;

    public HmacSecret {
      int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
      if (bytes < MIN_BYTES) {
        throw new IllegalArgumentException(
            "%d bytes (expected: %d or more)".formatted(bytes, MIN_BYTES));
      }
    }

    @Override
    public String toString() {
      return "HmacSecret[…]";
    }
  }

  /** A PEM file: RS256, ES256 or EdDSA, as its key is RSA, EC P-256 or Ed25519. */
  record PublicKeyFile(Path file) implements TokenKey {}

  /**
   * Where a provider publishes its keys (RFC 7517): RS256, ES256 and EdDSA.
   *
   * @param url HTTPS, or HTTP on loopback
   */
  record JwksUrl(URI url) implements TokenKey {
    public JwksUrl {
      boolean secure = "https".equalsIgnoreCase(url.getScheme());
      boolean plain = "http".equalsIgnoreCase(url.getScheme());
      if (url.getHost() == null || url.getUserInfo() != null) {
        throw new IllegalArgumentException("a URL without host or with a user");
      }
      if (!secure && !(plain && Loopback.isMeantBy(url.getHost()))) {
        throw new IllegalArgumentException("not HTTPS");
      }
    }
  }
}
