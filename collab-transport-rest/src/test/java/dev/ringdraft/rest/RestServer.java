package dev.ringdraft.rest;

import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.member.Authentication;
import dev.ringdraft.member.Authentication.Authenticated;
import dev.ringdraft.member.Authentication.Refused;
import dev.ringdraft.member.Credentials;
import dev.ringdraft.member.Credentials.BearerToken;
import dev.ringdraft.member.Credentials.DevelopmentUser;
import dev.ringdraft.member.Credentials.None;
import dev.ringdraft.member.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpHandlerRegistration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;

/**
 * The REST application on a real listener at a free port of the loopback, mounted as its Javadoc
 * says, with a page beside it, a store in memory, a fixed clock and ids that count.
 */
final class RestServer implements AutoCloseable {
  /** What the wire shows; the clock itself is finer. */
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  private final HttpServer server = new HttpServer();
  private final TroubledStore store = new TroubledStore();
  private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);

  private RestServer(RestSettings settings) {
    AtomicLong named = new AtomicLong();
    IdSource ids = () -> "id-" + named.incrementAndGet();
    RestServices services =
        new RestServices(
            new DraftCommands(store, CommitListener.none(), settings.limits(), ids),
            store,
            store,
            RestServer::authenticate,
            ids,
            InstantSource.fixed(NOW.plusNanos(987_654)),
            settings);
    GrizzlyHttpContainer rest =
        ContainerFactory.createContainer(GrizzlyHttpContainer.class, RestApplication.of(services));
    rest.setAllowEncodedSlash(true);
    server
        .getServerConfiguration()
        .addHttpHandler(
            rest,
            RestApplication.MOUNTS.stream()
                .map(
                    pattern ->
                        HttpHandlerRegistration.builder()
                            .contextPath("")
                            .urlPattern(pattern)
                            .build())
                .toArray(HttpHandlerRegistration[]::new));
    server.getHttpHandler().setAllowEncodedSlash(true);
    server.getServerConfiguration().addHttpHandler(new Page(), "/");
    listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
    server.addListener(listener);
  }

  static RestServer start() {
    return start(settings(DraftLimits.defaults()));
  }

  static RestServer start(RestSettings settings) {
    RestServer started = new RestServer(settings);
    try {
      started.server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return started;
  }

  /** The defaults with other limits, development on, and short enough a deadline to be met. */
  static RestSettings settings(DraftLimits limits) {
    return new RestSettings(
        limits, true, 64 * 1024, Duration.ofMillis(300), 50, 100, 500, Duration.ofSeconds(2));
  }

  int port() {
    return listener.getPort();
  }

  TroubledStore store() {
    return store;
  }

  /** A client who shows this token: {@code token-of-<user>} proves the user. */
  Client as(String user) {
    return new Client(this, "Authorization", "Bearer token-of-" + user);
  }

  Client asNobody() {
    return new Client(this);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static Authentication authenticate(Credentials credentials) {
    return switch (credentials) {
      case None none -> new Refused("no credentials (expected: a Bearer token)");
      case DevelopmentUser named -> new Authenticated(new UserId(named.name()), null);
      case BearerToken bearer ->
          bearer.token().startsWith("token-of-")
              ? new Authenticated(new UserId(bearer.token().substring(9)), null)
              : new Refused("the token's signature is wrong");
    };
  }

  /** Stands for the static files that the program serves beside REST. */
  private static final class Page extends HttpHandler {
    @Override
    public void service(Request request, Response response) throws IOException {
      response.getWriter().write("a page");
    }
  }
}
