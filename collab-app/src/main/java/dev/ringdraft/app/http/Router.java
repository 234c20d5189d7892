package dev.ringdraft.app.http;

import dev.ringdraft.rest.ProblemKind;
import java.util.List;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Hands each request to the first part whose it is. */
final class Router extends HttpHandler {
  private final List<Part> parts;

  Router(List<Part> parts) {
    this.parts = List.copyOf(parts);
    setAllowEncodedSlash(true);
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    String path = request.getRequestURI();
    for (Part part : parts) {
      if (part.answers(path)) {
        part.answer(request, response);
        return;
      }
    }
    PlainProblem.of(ProblemKind.NOT_FOUND, "there is nothing here").answer(request, response);
  }
}
