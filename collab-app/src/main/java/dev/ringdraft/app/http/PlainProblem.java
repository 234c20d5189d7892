package dev.ringdraft.app.http;

import dev.ringdraft.rest.problem.ProblemCode;
import dev.ringdraft.wire.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong outside of REST, as its body says it (RFC 9457).
 *
 * @param status the kind's own, or a nearer one
 * @param detail what an honest caller can mend
 */
public record PlainProblem(ProblemCode kind, int status, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";
  static final String REQUEST_ID = "X-Request-Id";

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,128}");

  static PlainProblem of(ProblemCode kind, String detail) {
    return new PlainProblem(kind, kind.status(), detail);
  }

  /** The id of a request: the caller's own when it is fit to be shown, else a new one. */
  static String requestId(@Nullable String sent) {
    return sent != null && VISIBLE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }

  byte[] body(String requestId) {
    return new JsonWriter()
        .beginObject()
        .member("type", kind.type())
        .member("title", kind.title())
        .member("status", status)
        .member("detail", detail)
        .member("code", kind.code())
        .member("request_id", requestId)
        .endObject()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Answers a request with this problem. */
  void answer(Request request, Response response) throws IOException {
    String requestId = requestId(request.getHeader(REQUEST_ID));
    byte[] body = body(requestId);
    response.setStatus(status);
    response.setHeader(REQUEST_ID, requestId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(CONTENT_TYPE);
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod().getMethodString())) {
      response.getOutputStream().write(body);
    }
  }
}
