package dev.ringdraft.app.http.operations;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.config.LogSettings.Level;
import dev.ringdraft.app.http.handler.ProblemResponse;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.rest.request.RequestRoute;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Shows operators the levels of loggers at {@code /log-levels}, and changes that of one at {@code
 * /log-levels/{logger}}: {@code PUT} with the parameter {@code level}, {@code DELETE} for the
 * configured one. Each request needs the token of operators.
 */
public final class LogLevelsEndpoint implements RequestHandler {
  private static final String PATH = "/log-levels";
  private static final String ONE = PATH + "/";
  private static final RequestRoute ROUTE = new RequestRoute(PATH, false);
  private static final RequestRoute ONE_ROUTE = new RequestRoute(ONE + "{logger}", false);
  private static final String BEARER = "Bearer ";

  private final LogLevels levels;
  private final byte[] expected;
  private final AuditLog audit;

  /**
   * @param token of operators
   * @param audit hears of requests without it
   */
  public LogLevelsEndpoint(LogLevels levels, String token, AuditLog audit) {
    this.levels = levels;
    this.expected = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    this.audit = audit;
  }

  @Override
  public boolean answers(String path) {
    return path.equals(PATH) || path.startsWith(ONE);
  }

  @Override
  public RequestRoute route(String path) {
    return path.equals(PATH) ? ROUTE : ONE_ROUTE;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    String path = request.getRequestURI();
    if (!isOperator(request)) {
      refuse(request, response);
    } else if (path.equals(PATH)) {
      if (OperatorResponse.allows(request, response, "levels are changed one by one")) {
        show(request, response);
      }
    } else {
      change(path.substring(ONE.length()), request, response);
    }
  }

  private boolean isOperator(Request request) {
    String sent = request.getHeader("Authorization");
    return sent != null && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected);
  }

  private void refuse(Request request, Response response) throws IOException {
    String action =
        request.getMethod().getMethodString() + " " + route(request.getRequestURI()).template();
    Cause cause =
        new Cause(ProblemCode.UNAUTHENTICATED.code(), "not the token of admin.token-file");
    audit.record(new AuditEvent(Kind.REFUSED, cause, action, Source.of(request.getRemoteAddr())));
    Problem problem =
        Problem.of(ProblemCode.UNAUTHENTICATED, "expected: the token of operators")
            .withHeader("WWW-Authenticate", "Bearer");
    ProblemResponse.send(problem, request, response);
  }

  private void change(String logger, Request request, Response response) throws IOException {
    switch (request.getMethod().getMethodString()) {
      case "PUT" -> {
        String name = String.valueOf(request.getParameter("level"));
        Optional<Level> level = WireName.parse(Level.class, name);
        if (level.isEmpty()) {
          Problem problem =
              Problem.of(
                  ProblemCode.VALIDATION_ERROR, "level (expected: error, warn, info, debug)");
          ProblemResponse.send(problem, request, response);
        } else {
          changed(levels.set(logger, level.get()), request, response);
        }
      }
      case "DELETE" -> changed(levels.reset(logger), request, response);
      default -> {
        response.setHeader("Allow", "PUT, DELETE");
        Problem problem = Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "expected: PUT, DELETE");
        ProblemResponse.send(problem, request, response);
      }
    }
  }

  private void changed(boolean done, Request request, Response response) throws IOException {
    if (done) {
      show(request, response);
    } else {
      Problem problem =
          Problem.of(
              ProblemCode.NOT_FOUND, "expected: a logger of dev.ringdraft, not the audit log");
      ProblemResponse.send(problem, request, response);
    }
  }

  private void show(Request request, Response response) throws IOException {
    JsonWriter json = new JsonWriter().beginObject().beginObject("data");
    levels.all().forEach((logger, level) -> json.member(logger, level));
    String text = json.endObject().endObject().toString();
    new OperatorResponse(200, "application/json", text).send(request, response);
  }
}
