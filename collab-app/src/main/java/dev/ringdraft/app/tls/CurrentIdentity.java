package dev.ringdraft.app.tls;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.app.config.TlsSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The server's identity as its files say it now. They are looked at every few seconds; connections
 * that are open keep what they began with, new ones get what is new.
 *
 * <p>Certificate and key are seldom replaced at one instant, so a change is taken up when the next
 * look finds the same again. What can't be used then is logged once, and the identity before goes
 * on. Engines may be made by many threads.
 */
public final class CurrentIdentity implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CurrentIdentity.class.getName());

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration ENDS_SOON = Duration.ofDays(7);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

  private final TlsSettings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate-watch").factory());

  private volatile SSLContext context;
  private ServerIdentity identity;
  private PemFiles used;
  private @Nullable PemFiles lastSeen;
  private @Nullable String told;
  private boolean endTold;

  private CurrentIdentity(TlsSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.used = PemFiles.read(settings);
    this.identity = ServerIdentity.of(used);
    this.context = identity.context();
    tellOfUse();
  }

  /**
   * The identity, watched from now on.
   *
   * @throws ConfigurationException when the files can't be used, in one line
   */
  public static CurrentIdentity watch(TlsSettings settings, InstantSource clock) {
    CurrentIdentity identity = read(settings, clock);
    Future<?> unused =
        identity.timer.scheduleWithFixedDelay(
            identity::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return identity;
  }

  /**
   * When the certificate of these files ends.
   *
   * @throws ConfigurationException when the files can't be used, in one line
   */
  public static Instant expiryOf(TlsSettings settings) {
    return ServerIdentity.of(PemFiles.read(settings)).ends();
  }

  /** The identity, looked at again only by {@link #look}. */
  static CurrentIdentity read(TlsSettings settings, InstantSource clock) {
    return new CurrentIdentity(settings, clock);
  }

  /** The server's end of a new connection: TLS 1.3 or 1.2, and HTTP/1.1 within. */
  public SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(CurrentIdentity::isStrong)
            .toArray(String[]::new));
    parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Forward secrecy and authenticated encryption; all suites of TLS 1.3 have both. */
  private static boolean isStrong(String suite) {
    return suite.startsWith("TLS_AES_")
        || suite.startsWith("TLS_CHACHA20_")
        || (suite.startsWith("TLS_ECDHE_")
            && (suite.contains("_GCM_") || suite.contains("_CHACHA20_")));
  }

  /** Looks at the files. For one thread at a time. */
  void look() {
    try {
      PemFiles seen = PemFiles.read(settings);
      boolean settled = seen.equals(lastSeen);
      lastSeen = seen;
      if (seen.equals(used)) {
        told = null;
      } else if (settled) {
        take(seen);
      }
    } catch (ConfigurationException refused) {
      tell(String.valueOf(refused.getMessage()));
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "the certificate could not be looked at", fault);
    }
    tellOfEnd();
  }

  private void take(PemFiles files) {
    ServerIdentity changed = ServerIdentity.of(files);
    context = changed.context();
    identity = changed;
    used = files;
    told = null;
    endTold = false;
    tellOfUse();
  }

  private void tell(String problem) {
    if (!problem.equals(told)) {
      told = problem;
      LOG.log(Level.WARNING, "{0}; the certificate before is used on", problem);
    }
  }

  private void tellOfUse() {
    LOG.log(Level.INFO, "TLS by the certificate of {0}", identity.description());
    if (isReadByOthers()) {
      LOG.log(
          Level.WARNING,
          "{0}: {1}: can be read by everybody on this machine",
          Key.HTTP_TLS_PRIVATE_KEY,
          settings.privateKey());
    }
    if (clock.instant().isBefore(identity.begins())) {
      LOG.log(Level.WARNING, "The certificate is not valid before {0}", identity.begins());
    }
    tellOfEnd();
  }

  private void tellOfEnd() {
    Instant now = clock.instant();
    if (endTold || now.isBefore(identity.ends().minus(ENDS_SOON))) {
      return;
    }
    endTold = true;
    LOG.log(
        Level.WARNING,
        now.isBefore(identity.ends())
            ? "The certificate ends at {0}"
            : "The certificate has ended at {0}: browsers refuse it",
        identity.ends());
  }

  private boolean isReadByOthers() {
    try {
      return Files.getPosixFilePermissions(settings.privateKey())
          .contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException notKnown) {
      return false;
    }
  }

  /** Looks no more. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
