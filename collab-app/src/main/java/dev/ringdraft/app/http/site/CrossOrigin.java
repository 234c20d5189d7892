package dev.ringdraft.app.http.site;

import dev.ringdraft.app.http.handler.AnswerHeaders;
import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import java.util.Set;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Lets pages of the listed origins call a part (the CORS protocol of the Fetch standard); of others
 * the browser keeps the answer to itself. No cookies are involved, so none are allowed.
 */
public final class CrossOrigin implements RequestHandler {
  private static final String METHODS = "GET, POST, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
          + " Last-Event-ID, Prefer, X-Request-Id, X-User-Id";
  private static final String ONE_HOUR = "3600";

  private final RequestHandler part;
  private final Set<String> origins;

  public CrossOrigin(RequestHandler part, Set<String> origins) {
    this.part = part;
    this.origins = Set.copyOf(origins);
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
    String origin = request.getHeader("Origin");
    if (!origins.isEmpty()) {
      response.addHeader("Vary", "Origin");
    }
    if (origin == null || !origins.contains(origin)) {
      part.answer(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    if (request.getHeader("Access-Control-Request-Method") != null
        && request.getMethod().getMethodString().equals("OPTIONS")) {
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
      response.setHeader("Access-Control-Max-Age", ONE_HOUR);
      response.setStatus(204);
      return;
    }
    response.setHeader("Access-Control-Expose-Headers", AnswerHeaders.READABLE_HEADERS);
    part.answer(request, response);
  }
}
