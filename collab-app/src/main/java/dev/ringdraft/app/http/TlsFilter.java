package dev.ringdraft.app.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of TLS, between network and HTTP. No thread waits for a client's handshake: a
 * connection on which it is not done, and a first request begun, in time is closed. So is one whose
 * client asks for a second handshake (TLS 1.2's renegotiation), or does not speak TLS.
 */
final class TlsFilter extends SSLBaseFilter {
  /** Long enough for a handshake over a bad network. */
  static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);

  private final Duration beginsWithin;
  private final Duration idle;

  /**
   * @param engines makes the server's end of each new connection
   * @param beginsWithin from a connection's beginning to its first request
   * @param idle how long a connection may stay open between requests
   */
  TlsFilter(Supplier<SSLEngine> engines, Duration beginsWithin, Duration idle) {
    super(new Engines(engines));
    this.beginsWithin = beginsWithin;
    this.idle = idle;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    endWhenIdleFor(beginsWithin, context.getConnection());
    return super.handleAccept(context);
  }

  @Override
  protected void notifyHandshakeComplete(Connection<?> connection, SSLEngine engine) {
    endWhenIdleFor(idle, connection);
    super.notifyHandshakeComplete(connection, engine);
  }

  private static void endWhenIdleFor(Duration time, Connection<?> connection) {
    IdleTimeoutFilter.setCustomTimeout(connection, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Answers what a client sends between data: its goodbye, or new keys. The answer is made and
   * written under the connection's lock, as data are, since records must go out in the order in
   * which they were made.
   *
   * @return what the client sent after that
   * @throws SSLException when the client would have to say more, as in a second handshake
   */
  @Override
  protected @Nullable Buffer doHandshakeSync(
      SSLConnectionContext tls,
      FilterChainContext context,
      @Nullable Buffer none,
      long timeoutMillis)
      throws IOException {
    Buffer received = context.getMessage();
    synchronized (context.getConnection()) {
      doHandshakeStep(tls, context, null);
    }
    if (SSLUtils.isHandshaking(tls.getSslEngine())) {
      throw new SSLException("a second handshake");
    }
    return received.hasRemaining() ? received : null;
  }

  /** Makes engines of what the identity is now. */
  private static final class Engines extends SSLEngineConfigurator {
    private final Supplier<SSLEngine> engines;

    Engines(Supplier<SSLEngine> engines) {
      this.engines = engines;
    }

    @Override
    public SSLEngine createSSLEngine(@Nullable String peerHost, int peerPort) {
      return engines.get();
    }
  }
}
