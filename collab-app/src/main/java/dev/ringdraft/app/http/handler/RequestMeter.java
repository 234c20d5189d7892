package dev.ringdraft.app.http.handler;

import dev.ringdraft.rest.request.RequestRoute;
import dev.ringdraft.websocket.handshake.Handshake;
import java.util.Set;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;

/**
 * Measures each answer once, whichever part of the program makes it. Keeps one clock for a
 * connection, whose requests come one after the other, so that a request allocates nothing. Safe
 * for use by many threads.
 */
public final class RequestMeter {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final String OTHER = RequestRoute.OTHER.template();
  private static final RequestRoute SOCKET =
      new RequestRoute(Handshake.DRAFTS + "{draft_id}", false);

  private static final Attribute<Clock> CLOCK =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
          RequestMeter.class.getName() + ".clock", Clock::new);

  /** The time of a connection's present request. */
  private static final class Clock {
    private long begun;
    private boolean runs;
  }

  private final RequestMetrics metrics;

  public RequestMeter(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** The request has come so far that the server can work on it; from now on it takes time. */
  public void begun(HttpRequestPacket request) {
    Clock clock = CLOCK.get(request.getConnection());
    clock.begun = System.nanoTime();
    clock.runs = true;
  }

  /** The answer is about to be sent. A second call for the same answer does nothing. */
  public void answered(HttpResponsePacket response) {
    HttpRequestPacket request = response.getRequest();
    Clock clock = CLOCK.get(request.getConnection());
    if (!clock.runs) {
      return;
    }
    clock.runs = false;
    RequestRoute route = route(request);
    String method = method(request);
    metrics.answered(method, route, response.getStatus());
    if (!route.waits()) {
      metrics.took(method, route, System.nanoTime() - clock.begun);
    }
  }

  /** Something that is no request was answered. */
  public void malformed(int status) {
    metrics.answered(OTHER, RequestRoute.OTHER, status);
  }

  private static String method(HttpRequestPacket request) {
    String method = request.getMethod().getMethodString();
    return METHODS.contains(method) ? method : OTHER;
  }

  private static RequestRoute route(HttpRequestPacket request) {
    if (request.getAttribute(RequestRoute.PROPERTY) instanceof RequestRoute known) {
      return known;
    }
    String path = request.getRequestURI();
    return path != null && path.startsWith(Handshake.DRAFTS) ? SOCKET : RequestRoute.OTHER;
  }
}
