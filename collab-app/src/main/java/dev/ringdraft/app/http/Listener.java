package dev.ringdraft.app.http;

import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.access.RequestId;
import dev.ringdraft.app.http.address.TrustedProxies;
import dev.ringdraft.app.http.codec.RequestPolicy;
import dev.ringdraft.app.http.codec.StrictHttpCodec;
import dev.ringdraft.app.http.codec.TlsFilter;
import dev.ringdraft.app.http.handler.AnswerHeaders;
import dev.ringdraft.app.http.handler.CorsPolicy;
import dev.ringdraft.app.http.handler.ProblemResponse;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.handler.RequestMeter;
import dev.ringdraft.app.http.handler.RequestMetrics;
import dev.ringdraft.app.http.limits.ConnectionAudit;
import dev.ringdraft.app.http.limits.ConnectionTracker;
import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A Grizzly server on one port: a virtual thread a request, strict about the form of requests,
 * without a word about what it is made of.
 */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Listener.class.getName());

  private static final Problem LATE =
      Problem.of(ProblemCode.REQUEST_TIMEOUT, "the request took too long to arrive");
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  /** A handler waits while so much of its answer is not taken, and gives up in time. */
  private static final int MAX_UNTAKEN_BYTES = 64 * 1024;

  private static final int MAX_HEADERS = 64;
  private static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final String host;
  private final boolean overTls;
  private final HttpServer server = new HttpServer();
  private final NetworkListener network;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ConnectionTracker tracker;

  /** Adds to a listener just before it starts, such as a filter for WebSockets. */
  @FunctionalInterface
  public interface Extension {
    void install(NetworkListener listener) throws IOException;
  }

  /** TLS of a listener: the server's end of each connection, and how patient it is. */
  private record Tls(Supplier<SSLEngine> engines, Duration beginsWithin, Duration idle) {}

  /** What a listener is made of. For one thread. */
  public static final class Builder {
    private final String host;
    private final int port;
    private int maxHeadBytes = MAX_HEAD_BYTES;
    private int maxBodyBytes = MAX_BODY_BYTES;
    private NetworkConnectionLimits limits = NetworkConnectionLimits.defaults();
    private AuditLog auditLog = AuditLog.none();
    private RequestPolicy policy = RequestPolicy.none();
    private TrustedProxies proxies = TrustedProxies.none();
    private CorsPolicy cors = CorsPolicy.none();
    private RequestMetrics metrics = RequestMetrics.disabled();
    private List<RequestHandler> handlers = List.of();
    private final List<Extension> extensions = new ArrayList<>();
    private @Nullable Tls tls;

    private Builder(String host, int port) {
      this.host = host;
      this.port = port;
    }

    /** Most bytes of a request line and headers; 16 KiB by default. */
    public Builder maxHeadBytes(int bytes) {
      maxHeadBytes = bytes;
      return this;
    }

    /**
     * Most bytes of a body that is waited for, 64 KiB by default; larger ones are for the handlers
     * to refuse.
     */
    public Builder maxBodyBytes(int bytes) {
      maxBodyBytes = bytes;
      return this;
    }

    public Builder limits(NetworkConnectionLimits connections) {
      limits = connections;
      return this;
    }

    /** Records refused and ended connections; nothing does by default. */
    public Builder auditLog(AuditLog log) {
      auditLog = log;
      return this;
    }

    /** What every request has to keep; nothing by default. */
    public Builder policy(RequestPolicy everyRequest) {
      policy = everyRequest;
      return this;
    }

    /** The proxies that are trusted to say whether a caller used TLS; none by default. */
    public Builder behind(TrustedProxies trusted) {
      proxies = trusted;
      return this;
    }

    /** Which other pages may read errors that no handler makes; none by default. */
    public Builder cors(CorsPolicy allowed) {
      cors = allowed;
      return this;
    }

    /** Counts answers; nothing does by default. */
    public Builder metrics(RequestMetrics counted) {
      metrics = counted;
      return this;
    }

    /** Who answers, in the order in which they are asked. */
    public Builder handlers(List<RequestHandler> inOrder) {
      handlers = List.copyOf(inOrder);
      return this;
    }

    public Builder with(Extension extension) {
      extensions.add(extension);
      return this;
    }

    /**
     * Speaks TLS and nothing else.
     *
     * @param engines makes the server's end of each new connection
     */
    public Builder overTls(Supplier<SSLEngine> engines) {
      return overTls(engines, TlsFilter.BEGINS_WITHIN, IDLE);
    }

    /**
     * @param beginsWithin from a connection's beginning to the end of its handshake
     * @param idle from then on to its first request
     */
    Builder overTls(Supplier<SSLEngine> engines, Duration beginsWithin, Duration idle) {
      tls = new Tls(engines, beginsWithin, idle);
      return this;
    }

    /**
     * Begins to listen.
     *
     * @param key by which the port is configured, ending in {@code .port}
     * @throws ListenException when the address can't be listened on
     */
    public Listener start(String key) {
      Listener listener = new Listener(this);
      listener.start(key);
      return listener;
    }
  }

  /**
   * A listener of this host and port.
   *
   * @param port 0 = any free one
   */
  public static Builder builder(String host, int port) {
    return new Builder(host, port);
  }

  private Listener(Builder parts) {
    host = parts.host;
    overTls = parts.tls != null;
    AnswerHeaders answerHeaders = new AnswerHeaders(parts.proxies, parts.cors);
    RequestMeter meter = new RequestMeter(parts.metrics);
    tracker =
        new ConnectionTracker(
            parts.limits,
            new ConnectionAudit(parts.auditLog),
            System::nanoTime,
            () -> {
              meter.malformed(LATE.status());
              return AnswerHeaders.responseWithoutRequest(LATE);
            });
    network = new NetworkListener("http", host, parts.port);
    network.setMaxHttpHeaderSize(parts.maxHeadBytes);
    network.setMaxRequestHeaders(MAX_HEADERS);
    network.getKeepAlive().setIdleTimeoutInSeconds((int) IDLE.toSeconds());
    network.getKeepAlive().setMaxRequestsCount(-1);
    network.getFileCache().setEnabled(false);
    network.setMaxPendingBytes(MAX_UNTAKEN_BYTES);
    setUp(network.getTransport());
    StrictHttpCodec.Settings codec =
        new StrictHttpCodec.Settings(parts.maxHeadBytes, MAX_HEADERS, parts.policy, meter);
    network.registerAddOn(
        (listener, chain) ->
            chain.set(
                chain.indexOfType(HttpServerFilter.class),
                new StrictHttpCodec(codec, listener.getKeepAlive(), answerHeaders, tracker)));
    parts.extensions.forEach(this::install);
    if (parts.tls != null) {
      addTls(parts.tls);
    }
    server.addListener(network);
    ServerConfiguration configuration = server.getServerConfiguration();
    configuration.setDefaultQueryEncoding(StandardCharsets.UTF_8);
    configuration.setPassTraceRequest(true);
    configuration.setDefaultErrorPageGenerator(errorPages(answerHeaders));
    configuration.addHttpHandler(
        new Router(parts.handlers, meter, answerHeaders::complete, tracker, parts.maxBodyBytes),
        "/");
  }

  private void setUp(TCPNIOTransport transport) {
    // Read by the selectors, whose threads keep their buffers; what may wait is run by the workers.
    transport.setIOStrategy(SameThreadIOStrategy.getInstance());
    transport.setWorkerThreadPool(workers);
    transport.setTcpNoDelay(true);
    transport.setReadTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    transport.setWriteTimeout(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void install(Extension extension) {
    try {
      extension.install(network);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  private void addTls(Tls tls) {
    // A key's work is too long for the selectors, who read for everybody.
    network.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
    network.registerAddOn(
        (listener, chain) ->
            chain.add(1, new TlsFilter(tls.engines(), tls.beginsWithin(), tls.idle())));
  }

  private static ErrorPageGenerator errorPages(AnswerHeaders answerHeaders) {
    return (request, status, reason, description, failure) -> {
      Response response = request.getResponse();
      response.setContentType(Problem.MEDIA_TYPE);
      String requestId = ProblemResponse.requestId(request.getRequest().getHeaders());
      response.setHeader(RequestId.HEADER, requestId);
      HttpResponsePacket packet = response.getResponse();
      response.getOutputBuffer().registerLifeCycleListener(() -> answerHeaders.complete(packet));
      return problem(status).json(requestId);
    };
  }

  /** Of an answer that Grizzly makes: 503 while the server stops, or 500. */
  private static Problem problem(int status) {
    return status == 503
        ? Problem.of(ProblemCode.DRAINING, "this server is going away; another will answer")
        : Problem.of(ProblemCode.INTERNAL_ERROR, "the server can't answer this request")
            .withStatus(status);
  }

  /**
   * Checks that the address can be listened on, before anything else is started.
   *
   * @throws ListenException with one line for the person at the console
   */
  public static void probe(String host, int port, String key) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException | UnresolvedAddressException taken) {
      throw refused(host, port, key, taken);
    }
  }

  private void start(String key) {
    int wanted = network.getPort();
    try {
      server.start();
      tracker.start();
    } catch (IOException | UnresolvedAddressException taken) {
      workers.shutdownNow();
      throw refused(host, wanted, key, taken);
    }
  }

  private static ListenException refused(String host, int port, String key, Exception cause) {
    String hostKey = key.replaceFirst("\\.port$", ".host");
    String reason = String.valueOf(cause.getMessage());
    if (new InetSocketAddress(host, port).isUnresolved()) {
      return new ListenException(
          "%s: %s can't be resolved (expected: an address or a name of this machine)"
              .formatted(hostKey, host),
          cause);
    }
    if (cause instanceof BindException && reason.contains("in use")) {
      return new ListenException(
          "%s: %d is taken by another process on %s: stop that one, or choose another port"
                  .formatted(key, port, host)
              + " (--%s 0 for any free one)".formatted(key),
          cause);
    }
    String atFault = port == 0 || !isBindable(host) ? hostKey : key;
    return new ListenException(
        "%s: can't listen on %s port %d: %s".formatted(atFault, host, port, reason), cause);
  }

  /** Whether any port of this host can be listened on, so that the host is not at fault. */
  private static boolean isBindable(String host) {
    try (ServerSocket anyPort = new ServerSocket()) {
      anyPort.bind(new InetSocketAddress(host, 0));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** How many network connections are open. */
  int connections() {
    return tracker.count();
  }

  /** Where the server is reached; after the start. */
  public String url() {
    String name = host.contains(":") ? "[%s]".formatted(host) : host;
    return "%s://%s:%d".formatted(overTls ? "https" : "http", name, network.getPort());
  }

  /**
   * Takes no more requests and lets those under way end.
   *
   * @param grace how long they may take
   */
  public void drain(Duration grace) {
    try {
      server
          .shutdown(grace.toMillis(), TimeUnit.MILLISECONDS)
          .get(grace.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unfinished) {
      LOG.log(Level.WARNING, "Requests were cut off after {0} s", grace.toSeconds());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.shutdownNow();
    tracker.close();
    workers.shutdownNow();
  }
}
