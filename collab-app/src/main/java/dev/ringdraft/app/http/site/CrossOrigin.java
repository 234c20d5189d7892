package dev.ringdraft.app.http.site;

import dev.ringdraft.app.http.handler.CorsPolicy;
import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Lets pages of the origins of a {@link CorsPolicy} call a part: it answers preflights itself. */
public final class CrossOrigin implements RequestHandler {
  private static final String METHODS = "GET, POST, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
          + " Last-Event-ID, Prefer, X-Request-Id, X-User-Id";
  private static final String ONE_HOUR = "3600";

  private final RequestHandler part;
  private final CorsPolicy policy;

  public CrossOrigin(RequestHandler part, CorsPolicy policy) {
    this.part = part;
    this.policy = policy;
  }

  @Override
  public boolean answers(String path) {
    return part.answers(path);
  }

  @Override
  public boolean asksForBody() {
    return part.asksForBody();
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    if (policy.apply(request.getRequest(), response.getResponse()) && isPreflight(request)) {
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
      response.setHeader("Access-Control-Max-Age", ONE_HOUR);
      response.setStatus(204);
    } else {
      part.answer(request, response);
    }
  }

  private static boolean isPreflight(Request request) {
    return request.getHeader("Access-Control-Request-Method") != null
        && request.getMethod().getMethodString().equals("OPTIONS");
  }
}
