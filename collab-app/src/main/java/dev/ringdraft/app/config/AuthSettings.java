package dev.ringdraft.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How callers prove who they are.
 *
 * @param developmentWithKey whether development mode may be on although there is a key
 * @param key by which tokens are verified; null = no token is accepted
 */
public record AuthSettings(
    DevelopmentMode development,
    boolean developmentWithKey,
    @Nullable TokenKey key,
    TokenRules rules) {
  /** No key; development mode on loopback, while no proxy stands before it. */
  public static AuthSettings defaults() {
    return new AuthSettings(DevelopmentMode.AUTOMATIC, false, null, TokenRules.defaults());
  }

  /**
   * Whether callers are believed without a proof.
   *
   * @throws ConfigurationException when development mode would let anybody in
   */
  public boolean developmentModeEnabled(HttpSettings http) {
    return switch (development) {
      case OFF -> false;
      case AUTOMATIC -> key == null && http.isForThisMachineAlone();
      case ON -> {
        if (!http.isLoopback()) {
          throw new ConfigurationException(
              "auth.dev: true (expected: false, since http.host %s is not loopback"
                      .formatted(http.host())
                  + " and everybody could be anybody)");
        }
        if (!http.isForThisMachineAlone()) {
          throw new ConfigurationException(
              "auth.dev: true although http.trusted-proxies names a proxy (expected: false, since"
                  + " whoever it passes on could be anybody)");
        }
        if (key != null && !developmentWithKey) {
          throw new ConfigurationException(
              "auth.dev: true although a key is configured (expected: false, or"
                  + " auth.dev-with-keys=true as well if everybody may be anybody)");
        }
        yield true;
      }
    };
  }

  Stream<String> warnings() {
    boolean isOfProvider = key instanceof TokenKey.JwksUrl || key instanceof TokenKey.PublicKeyFile;
    return isOfProvider && rules.audiences().isEmpty() && rules.authorizedParties().isEmpty()
        ? Stream.of(
            "%s: not set: tokens of the provider for other services are accepted; set it, or %s"
                .formatted(Key.AUTH_JWT_AUDIENCE, Key.AUTH_JWT_AUTHORIZED_PARTIES))
        : Stream.empty();
  }

  static AuthSettings read(GivenValues values) {
    TokenKey key = readKey(values);
    TokenRules rules = TokenRules.read(values);
    if (key == null && !rules.equals(TokenRules.defaults())) {
      throw new ConfigurationException(
          "auth.jwt.issuer, auth.jwt.audience, auth.jwt.authorized-parties: given without a key"
              + " (expected: auth.jwt.jwks-url, auth.jwt.public-key or auth.jwt.hmac-secret)");
    }
    return new AuthSettings(
        readDevelopment(values), values.trueOrFalse(Key.AUTH_DEV_WITH_KEYS), key, rules);
  }

  private static DevelopmentMode readDevelopment(GivenValues values) {
    if (!values.has(Key.AUTH_DEV)) {
      return DevelopmentMode.AUTOMATIC;
    }
    return values.trueOrFalse(Key.AUTH_DEV) ? DevelopmentMode.ON : DevelopmentMode.OFF;
  }

  private static @Nullable TokenKey readKey(GivenValues values) {
    List<TokenKey> keys = new ArrayList<>();
    if (values.has(Key.AUTH_JWT_JWKS_URL)) {
      keys.add(readJwksUrl(values));
    }
    if (values.has(Key.AUTH_JWT_PUBLIC_KEY)) {
      keys.add(new TokenKey.PublicKeyFile(values.path(Key.AUTH_JWT_PUBLIC_KEY)));
    }
    if (values.has(Key.AUTH_JWT_HMAC_SECRET) || values.has(Key.AUTH_JWT_HMAC_SECRET_FILE)) {
      keys.add(readSecret(values));
    }
    if (keys.size() > 1) {
      throw new ConfigurationException(
          "auth.jwt.jwks-url, auth.jwt.public-key, auth.jwt.hmac-secret: give one of them");
    }
    return keys.isEmpty() ? null : keys.getFirst();
  }

  private static TokenKey readJwksUrl(GivenValues values) {
    try {
      return new TokenKey.JwksUrl(values.uri(Key.AUTH_JWT_JWKS_URL));
    } catch (IllegalArgumentException unsafe) {
      throw new ConfigurationException(
          "auth.jwt.jwks-url: %s (expected: https://…; http only on loopback)"
              .formatted(unsafe.getMessage()),
          unsafe);
    }
  }

  private static TokenKey readSecret(GivenValues values) {
    try {
      return new TokenKey.HmacSecret(
          values.secret(Key.AUTH_JWT_HMAC_SECRET, Key.AUTH_JWT_HMAC_SECRET_FILE));
    } catch (IllegalArgumentException tooShort) {
      throw new ConfigurationException(
          "auth.jwt.hmac-secret: %s".formatted(tooShort.getMessage()), tooShort);
    }
  }
}
