package dev.ringdraft.app.auth;

import dev.ringdraft.app.config.AuthSettings;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.TokenKey;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Checks once whether the configured key can be had and used. */
public final class KeyCheck {
  private static final long PATIENCE_SECONDS = 6;

  private KeyCheck() {}

  /**
   * How tokens are verified, in a few words. May wait for a provider.
   *
   * @throws ConfigurationException when the key can't be used
   */
  public static String describe(AuthSettings auth) {
    @Nullable TokenKey key = auth.key();
    return switch (key) {
      case null -> "none is accepted";
      case TokenKey.HmacSecret secret -> "by the secret, HS256";
      case TokenKey.PublicKeyFile pem ->
          "by the public key, " + PublicKeyPem.read(pem.file()).algorithm();
      case TokenKey.JwksUrl jwks -> "by %d keys of the provider".formatted(fetch(jwks));
    };
  }

  private static int fetch(TokenKey.JwksUrl jwks) {
    try (JwksOverHttp source = new JwksOverHttp(jwks.url())) {
      String json = source.read().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new JsonWebKeySet(json).getJsonWebKeys().size();
    } catch (ExecutionException failed) {
      throw refused(jwks, String.valueOf(failed.getCause()));
    } catch (TimeoutException late) {
      throw refused(jwks, "no answer in time");
    } catch (JoseException malformed) {
      throw refused(jwks, "not a key set");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw refused(jwks, "interrupted");
    }
  }

  private static ConfigurationException refused(TokenKey.JwksUrl jwks, String reason) {
    return new ConfigurationException(
        "auth.jwt.jwks-url: %s can't be fetched: %s".formatted(jwks.url(), reason));
  }
}
