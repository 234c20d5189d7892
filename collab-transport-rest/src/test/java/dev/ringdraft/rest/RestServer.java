package dev.ringdraft.rest;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Credentials;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.Credentials.None;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.BodySettings;
import dev.ringdraft.rest.config.DraftServices;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.RoomSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpHandlerRegistration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;

/**
 * The REST application on a real listener at a free port of the loopback, mounted as its Javadoc
 * says, with a page beside it, a store in memory, a fixed clock and ids that count.
 */
public final class RestServer implements AutoCloseable {
  /** What the wire shows; the clock itself is finer. */
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  /** How much longer than it says a token counts. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  /** So few that a request which held one while it waits would soon be noticed. */
  static final int WORKERS = 4;

  private final HttpServer server = new HttpServer();
  private final DegradableStore store = new DegradableStore();
  private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final RoomHub hub =
      RoomHub.builder(store)
          // Closed at once, so that a test sees that nothing is left.
          .settings(RoomSettings.defaults().toBuilder().idleTimeout(Duration.ZERO).build())
          .executor(tasks)
          .clock(InstantSource.fixed(NOW))
          .start();

  private final Queue<AuditEvent> incidents = new ConcurrentLinkedQueue<>();

  /** Trusts every proxy. */
  private static InetAddress clientAddress(InetAddress peer, List<String> forwardedFor) {
    try {
      return forwardedFor.isEmpty() ? peer : InetAddress.getByName(forwardedFor.getLast());
    } catch (UnknownHostException noLiteral) {
      throw new UncheckedIOException(noLiteral);
    }
  }

  private RestServer(RestSettings settings) {
    AtomicLong named = new AtomicLong();
    IdSource ids = () -> "id-" + named.incrementAndGet();
    DraftCommands commands = new DraftCommands(store, hub, settings.limits(), ids);
    RestServices services =
        RestServices.builder(
                new DraftServices(commands, store, store, hub),
                new AccessServices(
                    RestServer::authenticate,
                    RestServer::clientAddress,
                    incidents::add,
                    InstantSource.fixed(NOW)))
            .settings(settings)
            .ids(ids)
            .clock(InstantSource.fixed(NOW.plusNanos(987_654)))
            .tasks(tasks)
            .build();
    GrizzlyHttpContainer rest =
        ContainerFactory.createContainer(GrizzlyHttpContainer.class, RestApplication.of(services));
    rest.setAllowEncodedSlash(true);
    server
        .getServerConfiguration()
        .addHttpHandler(
            rest,
            RestPaths.MOUNTS.stream()
                .map(
                    pattern ->
                        HttpHandlerRegistration.builder()
                            .contextPath("")
                            .urlPattern(pattern)
                            .build())
                .toArray(HttpHandlerRegistration[]::new));
    server.getHttpHandler().setAllowEncodedSlash(true);
    server.getServerConfiguration().addHttpHandler(new Page(), "/");
    listener.getTransport().setIOStrategy(SameThreadIOStrategy.getInstance());
    listener
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig().setCorePoolSize(WORKERS).setMaxPoolSize(WORKERS));
    server.addListener(listener);
  }

  public static RestServer start() {
    return start(settings(DraftLimits.defaults()));
  }

  public static RestServer start(RestSettings settings) {
    RestServer started = new RestServer(settings);
    try {
      started.server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return started;
  }

  /** A server that ends connections on which nothing has been asked for this long. */
  public static RestServer start(RestSettings settings, Duration keepAlive) {
    RestServer started = start(settings);
    started.listener.getKeepAlive().setIdleTimeoutInSeconds((int) keepAlive.toSeconds());
    return started;
  }

  /** The defaults with other limits, development on, and short enough a deadline to be met. */
  public static RestSettings settings(DraftLimits limits) {
    return RestSettings.defaults().toBuilder()
        .limits(limits)
        .developmentAuth(true)
        .body(new BodySettings(64 * 1024, Duration.ofSeconds(2)))
        .rates(new RateSettings(1_000_000, 1_000_000))
        .build();
  }

  public int port() {
    return listener.getPort();
  }

  public DegradableStore store() {
    return store;
  }

  public RoomHub hub() {
    return hub;
  }

  /** What was noted for the audit trail since the last call. */
  List<AuditEvent> incidents() {
    List<AuditEvent> noted = List.copyOf(incidents);
    incidents.clear();
    return noted;
  }

  /**
   * Stops in order.
   *
   * @return how long it took
   */
  public Duration drain() {
    long began = System.nanoTime();
    try {
      server.shutdown(30, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException unfinished) {
      throw new AssertionError(unfinished);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /**
   * A client who shows this token: {@code token-of-<user>} proves the user, {@code
   * token-of-<user>@<millis>} does for so much longer, leeway included.
   */
  public RestClient as(String user) {
    return new RestClient(this, "Authorization", "Bearer token-of-" + user);
  }

  public RestClient asNobody() {
    return new RestClient(this);
  }

  @Override
  public void close() {
    hub.close();
    tasks.close();
    server.shutdownNow();
  }

  private static Authentication authenticate(Credentials credentials) {
    return switch (credentials) {
      case None none -> new Refused("no credentials (expected: a Bearer token)");
      case DevelopmentUser named -> new Authenticated(new UserId(named.name()), null);
      case BearerToken bearer -> judge(bearer.token());
    };
  }

  private static Authentication judge(String token) {
    if (token.equals("before-any-key")) {
      return new Undecided("no key yet");
    }
    return token.startsWith("token-of-")
        ? known(token.substring(9).split("@", 2))
        : new Refused(
            CredentialsFault.SIGNATURE,
            "the token's signature is wrong",
            "the token's signature is wrong; see a key");
  }

  private static Authentication known(String[] token) {
    Instant end = token.length == 1 ? null : NOW.minus(LEEWAY).plusMillis(Long.parseLong(token[1]));
    return new Authenticated(new UserId(token[0]), end);
  }

  /** Stands for the static files that the program serves beside REST. */
  private static final class Page extends HttpHandler {
    @Override
    public void service(Request request, Response response) throws IOException {
      response.getWriter().write("a page");
    }
  }
}
