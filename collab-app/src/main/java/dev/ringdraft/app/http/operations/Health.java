package dev.ringdraft.app.http.operations;

import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.rest.request.RequestRoute;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireName;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Shows operators the state of the server: {@code /health/live} is 200 while the program runs,
 * {@code /health/ready} is 200 while a request would succeed, else 503 with the reason.
 */
public final class Health implements RequestHandler {
  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";
  private static final RequestRoute LIVE_ROUTE = new RequestRoute(LIVE, false);
  private static final RequestRoute READY_ROUTE = new RequestRoute(READY, false);

  private final Readiness readiness;

  public Health(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public boolean answers(String path) {
    return path.equals(LIVE) || path.equals(READY);
  }

  @Override
  public RequestRoute route(String path) {
    return path.equals(LIVE) ? LIVE_ROUTE : READY_ROUTE;
  }

  @Override
  public boolean asksForBody() {
    return true;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    if (!OperatorResponse.allows(request, response, "health is only read")) {
      return;
    }
    if (request.getRequestURI().equals(LIVE)) {
      answer(200, "live").send(request, response);
      return;
    }
    Readiness.State state = readiness.state();
    answer(state == Readiness.State.READY ? 200 : 503, WireName.of(state)).send(request, response);
  }

  private static OperatorResponse answer(int status, String word) {
    String json = new JsonWriter().beginObject().member("status", word).endObject().toString();
    return new OperatorResponse(status, "application/json", json);
  }
}
