package dev.ringdraft.app.http.handler;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RequestId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.MimeHeaders;

/** Sends the problems that are found before a request reaches its resource. */
public final class ProblemResponse {
  private ProblemResponse() {}

  /** The id of the request with these header fields. */
  public static String requestId(MimeHeaders headers) {
    Iterable<String> sent = headers.values(RequestId.HEADER);
    List<String> values = new ArrayList<>(1);
    sent.forEach(values::add);
    return RequestId.of(values, () -> UUID.randomUUID().toString());
  }

  /** Answers a request with a problem. */
  public static void send(Problem problem, Request request, Response response) throws IOException {
    String requestId = requestId(request.getRequest().getHeaders());
    byte[] body = problem.json(requestId).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    problem.headers().forEach(response::setHeader);
    response.setHeader(RequestId.HEADER, requestId);
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod().getMethodString())) {
      response.getOutputStream().write(body);
    }
  }
}
