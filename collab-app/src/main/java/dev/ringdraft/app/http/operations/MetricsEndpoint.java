package dev.ringdraft.app.http.operations;

import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.metrics.Metrics;
import dev.ringdraft.rest.request.RequestRoute;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Gives operators the meters of the server, at {@code /metrics}. */
public final class MetricsEndpoint implements RequestHandler {
  private static final String PATH = "/metrics";
  private static final RequestRoute ROUTE = new RequestRoute(PATH, false);

  private final Metrics metrics;

  public MetricsEndpoint(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean answers(String path) {
    return path.equals(PATH);
  }

  @Override
  public RequestRoute route(String path) {
    return ROUTE;
  }

  @Override
  public boolean asksForBody() {
    return true;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    if (OperatorResponse.allows(request, response, "metrics are only read")) {
      new OperatorResponse(200, Metrics.CONTENT_TYPE, metrics.text()).send(request, response);
    }
  }
}
