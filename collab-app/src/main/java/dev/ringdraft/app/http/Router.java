package dev.ringdraft.app.http;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.http.codec.RequestBodyAggregator;
import dev.ringdraft.app.http.handler.ProblemResponse;
import dev.ringdraft.app.http.handler.RequestHandler;
import dev.ringdraft.app.http.handler.RequestMeter;
import dev.ringdraft.app.http.limits.ConnectionTracker;
import dev.ringdraft.rest.filter.ExpectedBody;
import dev.ringdraft.rest.request.RequestRoute;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;

/** Hands each request to the first part whose it is. */
final class Router extends HttpHandler {
  private static final Logger LOG = System.getLogger(Router.class.getName());
  private static final Problem LATE =
      Problem.of(ProblemCode.REQUEST_TIMEOUT, "the body took too long to arrive, or broke off");

  private final List<RequestHandler> handlers;
  private final RequestMeter meter;
  private final Consumer<HttpResponsePacket> headers;
  private final RequestExecutorProvider bodies;

  /**
   * @param meter measures each answer
   * @param headers completes those of an answer just before it is committed
   * @param tracker waits for bodies
   */
  Router(
      List<RequestHandler> handlers,
      RequestMeter meter,
      Consumer<HttpResponsePacket> headers,
      ConnectionTracker tracker,
      int maxBodyBytes) {
    this.handlers = List.copyOf(handlers);
    this.meter = meter;
    this.headers = headers;
    this.bodies =
        new RequestBodyAggregator(super.getRequestExecutorProvider(), tracker, maxBodyBytes);
    setAllowEncodedSlash(true);
  }

  @Override
  public RequestExecutorProvider getRequestExecutorProvider() {
    return bodies;
  }

  /** A body is asked for when it is read. */
  @Override
  protected boolean sendAcknowledgment(Request request, Response response) {
    return true;
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    Connection<?> connection = request.getContext().getConnection();
    HttpResponsePacket packet = response.getResponse();
    meter.begun(request.getRequest());
    response
        .getOutputBuffer()
        .registerLifeCycleListener(
            () -> {
              headers.accept(packet);
              meter.answered(packet);
            });
    try {
      answer(request, response);
    } catch (IOException lost) {
      if (connection.isOpen()) {
        throw lost;
      }
      LOG.log(Level.DEBUG, "the client has gone before its answer: {0}", lost.toString());
    }
  }

  /** Gives whether the body has come, or nothing is to be asked for. */
  private static boolean askForBody(Request request) throws IOException {
    return !(request.getAttribute(ExpectedBody.ATTRIBUTE) instanceof ExpectedBody expected)
        || expected.await();
  }

  private void answer(Request request, Response response) throws IOException {
    if (RequestBodyAggregator.isLate(request)) {
      // What still comes of the body is no request.
      response.getResponse().getProcessingState().setError(true);
      ProblemResponse.send(LATE, request, response);
      return;
    }
    String path = request.getRequestURI();
    for (RequestHandler handler : handlers) {
      if (handler.answers(path)) {
        request.setAttribute(RequestRoute.PROPERTY, handler.route(path));
        if (handler.asksForBody() || askForBody(request)) {
          handler.answer(request, response);
        } else {
          ProblemResponse.send(LATE, request, response);
        }
        return;
      }
    }
    ProblemResponse.send(
        Problem.of(ProblemCode.NOT_FOUND, "there is nothing here"), request, response);
  }
}
