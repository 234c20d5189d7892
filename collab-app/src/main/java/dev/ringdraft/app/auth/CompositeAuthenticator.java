package dev.ringdraft.app.auth;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.Credentials;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.app.config.AuthSettings;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.TokenKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authenticator that fits: the verifier for a token, the development one for a bare name,
 * if there is one. Without credentials nobody is let in. Safe for use by many threads.
 */
public final class CompositeAuthenticator implements Authenticator, AutoCloseable {
  private static final Logger LOG = System.getLogger(CompositeAuthenticator.class.getName());

  private static final Refused NO_KEY =
      new Refused(
          CredentialsFault.NOT_ACCEPTED,
          "tokens are not accepted here",
          "no key is configured to verify tokens with; see auth.jwt.jwks-url");
  private static final Refused NO_DEVELOPMENT =
      new Refused(
          CredentialsFault.NOT_ACCEPTED,
          "a token is needed",
          "a user name without a token; development mode is off, see auth.dev");

  private final @Nullable JwtAuthenticator tokens;
  private final @Nullable DevelopmentAuthenticator names;
  private final Runnable endFetching;

  CompositeAuthenticator(
      @Nullable JwtAuthenticator tokens,
      @Nullable DevelopmentAuthenticator names,
      Runnable endFetching) {
    this.tokens = tokens;
    this.names = names;
    this.endFetching = endFetching;
  }

  /**
   * As configured. Begins to fetch a provider's keys without waiting for them.
   *
   * @throws ConfigurationException when the key can't be used, or names would be believed where
   *     that lets anybody in
   */
  public static CompositeAuthenticator of(
      Configuration configuration, InstantSource clock, KeyFetchMetrics fetches) {
    AuthSettings auth = configuration.auth();
    DevelopmentAuthenticator names =
        configuration.developmentModeEnabled() ? new DevelopmentAuthenticator() : null;
    if (names != null) {
      LOG.log(
          Level.WARNING,
          "Development mode: every caller is believed to be who they say. Not for production.");
    } else if (auth.key() == null) {
      LOG.log(
          Level.WARNING, "Nobody can sign in: no key is configured and development mode is off.");
    }
    if (auth.key() == null) {
      return new CompositeAuthenticator(null, names, () -> {});
    }
    return switch (auth.key()) {
      case TokenKey.HmacSecret secret ->
          of(VerificationKey.ofSecret(secret.secret()), auth, names, clock);
      case TokenKey.PublicKeyFile pem -> of(PublicKeyPem.read(pem.file()), auth, names, clock);
      case TokenKey.JwksUrl jwks -> {
        JwksKeys keys = JwksKeys.of(jwks.url(), fetches);
        yield new CompositeAuthenticator(
            new JwtAuthenticator(keys, auth.rules(), clock), names, keys::close);
      }
    };
  }

  private static CompositeAuthenticator of(
      VerificationKey key,
      AuthSettings auth,
      @Nullable DevelopmentAuthenticator names,
      InstantSource clock) {
    VerificationKeys keys = VerificationKeys.single(key);
    return new CompositeAuthenticator(
        new JwtAuthenticator(keys, auth.rules(), clock), names, () -> {});
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None none ->
          new Refused(
              CredentialsFault.ABSENT,
              names == null ? "no token was given" : "neither a token nor a user was given");
      case Credentials.BearerToken token -> tokens == null ? NO_KEY : tokens.authenticate(token);
      case Credentials.DevelopmentUser user ->
          names == null ? NO_DEVELOPMENT : names.authenticate(user);
    };
  }

  /** Ends the fetching of keys. */
  @Override
  public void close() {
    endFetching.run();
  }
}
