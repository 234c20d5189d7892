package dev.ringdraft.app.http.handler;

import dev.ringdraft.rest.filter.ExpectedBody;
import dev.ringdraft.rest.request.RequestRoute;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** A part of the server that answers the requests for some paths. */
public interface RequestHandler {
  /** Whether a request for this path is this part's to answer; the path is not decoded. */
  boolean answers(String path);

  /**
   * Whether this part asks for an {@link ExpectedBody} when it reads the body, or reads none. For
   * any other part the body is asked for before {@link #answer}.
   */
  default boolean asksForBody() {
    return false;
  }

  /**
   * How the request is counted, unless it turns out later.
   *
   * @param path that this part answers
   */
  default RequestRoute route(String path) {
    return RequestRoute.OTHER;
  }

  void answer(Request request, Response response) throws IOException;
}
