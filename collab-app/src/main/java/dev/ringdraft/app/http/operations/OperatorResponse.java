package dev.ringdraft.app.http.operations;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.http.handler.ProblemResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** An answer to those who run the server, made anew for each request. */
record OperatorResponse(int status, String contentType, String text) {
  /** Whether a request only reads; if not, it has been answered. */
  static boolean allows(Request request, Response response, String detail) throws IOException {
    String method = request.getMethod().getMethodString();
    if (method.equals("GET") || method.equals("HEAD")) {
      return true;
    }
    response.setHeader("Allow", "GET, HEAD");
    ProblemResponse.send(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, detail), request, response);
    return false;
  }

  /** Sends this; of a request for the headers alone, just those. */
  void send(Request request, Response response) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    if (!request.getMethod().getMethodString().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
