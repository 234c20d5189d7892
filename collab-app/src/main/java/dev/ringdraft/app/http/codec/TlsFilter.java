package dev.ringdraft.app.http.codec;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of TLS, between network and HTTP. No thread waits for a client's handshake: a
 * connection on which it is not done in time is closed. So is one whose client asks for a second
 * handshake (TLS 1.2's renegotiation), or does not speak TLS. Handshakes are worked at {@link
 * #AT_ONCE} at a time, so that a flood of them leaves processors to those who are in.
 */
public final class TlsFilter extends SSLBaseFilter {
  private static final System.Logger LOG = System.getLogger(TlsFilter.class.getName());

  /** Long enough for a handshake over a bad network. */
  public static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);

  /** How many handshakes may keep a processor busy: half of the processors, one at least. */
  public static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Semaphore handshakes = new Semaphore(AT_ONCE, true);
  private final Duration beginsWithin;
  private final Duration idle;

  /**
   * @param engines makes the server's end of each new connection
   * @param beginsWithin from a connection's beginning to the end of its handshake
   * @param idle how long a connection may stay open between requests
   */
  public TlsFilter(Supplier<SSLEngine> engines, Duration beginsWithin, Duration idle) {
    super(new Engines(engines));
    this.beginsWithin = beginsWithin;
    this.idle = idle;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    Connection<?> connection = context.getConnection();
    endWhenIdleFor(beginsWithin, connection);
    connection.addCloseListener(
        (CloseListener<Closeable, CloseType>)
            (closed, type) -> {
              if (type == CloseType.LOCALLY && connection instanceof NIOConnection network) {
                sayGoodbye(network);
              }
            });
    return super.handleAccept(context);
  }

  /**
   * Sends the client the end of the stream ({@code close_notify}: RFC 8446, section 6.1), else it
   * could not distinguish an end from a cut. Nothing is said where something else still waits to be
   * written: such a connection is broken off. Listeners are called before the channel is closed;
   * what does not go out at once is dropped.
   */
  private static void sayGoodbye(NIOConnection connection) {
    SSLEngine engine = SSLUtils.getSSLEngine(connection);
    if (engine == null || !(connection.getChannel() instanceof SocketChannel channel)) {
      return;
    }
    synchronized (connection) {
      if (connection.getAsyncWriteQueue().spaceInBytes() > 0) {
        return;
      }
      try {
        engine.closeOutbound();
        ByteBuffer goodbye = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult made = engine.wrap(ByteBuffer.allocate(0), goodbye);
        channel.write(goodbye.flip());
        LOG.log(Level.DEBUG, "a connection ended with {0} bytes of goodbye", made.bytesProduced());
      } catch (IOException gone) {
        LOG.log(Level.DEBUG, "a client had gone before its goodbye: {0}", gone.toString());
      }
    }
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
   * A step of the first handshake; waits for its turn.
   *
   * @throws IOException also when the client has gone meanwhile: nothing is worked out for the dead
   */
  @Override
  protected @Nullable Buffer doHandshakeStep(
      SSLConnectionContext tls, FilterChainContext context, @Nullable Buffer received)
      throws IOException {
    handshakes.acquireUninterruptibly();
    try {
      if (!context.getConnection().isOpen()) {
        throw new IOException("a client had gone before its handshake's turn");
      }
      return super.doHandshakeStep(tls, context, received);
    } finally {
      handshakes.release();
    }
  }

  /**
   * Answers what a client sends between data: its goodbye, or new keys. The answer is made and
   * written under the connection's lock, as data are, since records must go out in the order in
   * which they were made. It waits for no turn: it is no handshake's work, and who waits with the
   * lock held keeps all that write to this connection waiting.
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
      doHandshakeStep(tls, context, null, null);
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
