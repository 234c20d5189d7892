package dev.ringdraft.app.http.codec;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.access.RequestId;
import dev.ringdraft.app.http.handler.AnswerHeaders;
import dev.ringdraft.app.http.handler.ProblemResponse;
import dev.ringdraft.app.http.handler.RequestMeter;
import dev.ringdraft.app.http.limits.ConnectionTracker;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * Parses requests as Grizzly does, and refuses those without the {@link RequestSyntax}, and those
 * that break the {@link RequestPolicy}. A refusal is a problem's body and the end of the
 * connection, so that nothing after it is taken for a request.
 */
public final class StrictHttpCodec extends HttpServerFilter {
  private static final Attribute<Problem> FAULT =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictHttpCodec.class.getName() + ".fault");
  private static final Attribute<Integer> START =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictHttpCodec.class.getName() + ".start");

  private static final Attribute<HttpRequestPacket> CHUNKED =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
          StrictHttpCodec.class.getName() + ".chunked");

  private static final int SEND_BUFFER_BYTES = 128 * 1024;
  private static final int VERSION_NOT_SUPPORTED = 505;
  private static final Problem MALFORMED =
      Problem.of(ProblemCode.VALIDATION_ERROR, "the request line is malformed");

  private final RequestPolicy policy;
  private final RequestMeter meter;
  private final AnswerHeaders answerHeaders;
  private final ConnectionTracker tracker;

  /**
   * What is refused, and who counts it.
   *
   * @param maxHeadBytes request line and headers together
   * @param maxHeaders of a request or an answer
   * @param policy that every request has to keep
   * @param meter measures each answer
   */
  public record Settings(
      int maxHeadBytes, int maxHeaders, RequestPolicy policy, RequestMeter meter) {}

  /**
   * @param answerHeaders complete every answer
   * @param tracker follows each connection
   */
  @SuppressWarnings("deprecation") // the only constructor that takes the limits
  public StrictHttpCodec(
      Settings settings,
      KeepAlive keepAlive,
      AnswerHeaders answerHeaders,
      ConnectionTracker tracker) {
    super(
        true,
        settings.maxHeadBytes(),
        null,
        keepAlive,
        null,
        settings.maxHeaders(),
        settings.maxHeaders());
    this.policy = settings.policy();
    this.meter = settings.meter();
    this.answerHeaders = answerHeaders;
    this.tracker = tracker;
    setAllowPayloadForUndefinedHttpMethods(true);
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    tracker.accepted(new GrizzlyConnection(context.getConnection()));
    limitSendBuffer((NIOConnection) context.getConnection());
    return super.handleAccept(context);
  }

  /** Left alone, the kernel would take megabytes for a client that does not read. */
  private static void limitSendBuffer(NIOConnection connection) throws IOException {
    if (connection.getChannel() instanceof SocketChannel channel) {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    }
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    Buffer input = context.getMessage();
    // Afterwards the context may be another's.
    Connection<?> connection = context.getConnection();
    if (!isInsideRequest(connection) && RequestSyntax.lacksRequestLine(input)) {
      return refuseLine(context);
    }
    START.set(connection, input.position());
    int passesOn = context.getInvokeAction().type();
    NextAction next = super.handleRead(context);
    HttpRequestPacket chunked = CHUNKED.remove(connection);
    if (chunked != null && next.type() != passesOn) {
      // Grizzly waits for the first chunk, but some clients wait for an answer to the head.
      context.setMessage(HttpContent.create(chunked));
      next = context.getInvokeAction();
    }
    if (next.type() == passesOn) {
      GrizzlyConnection tracked = new GrizzlyConnection(connection);
      if (!tracker.requestStarted(tracked)) {
        tracker.malformed(tracked, ProblemCode.VALIDATION_ERROR);
        connection.terminateSilently();
        return context.getStopAction();
      }
    } else {
      tracker.received(new GrizzlyConnection(connection), isInsideRequest(connection));
    }
    return next;
  }

  /** Answers without the parser, which makes no request of such a line. */
  private NextAction refuseLine(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    tracker.malformed(new GrizzlyConnection(connection), ProblemCode.VALIDATION_ERROR);
    meter.malformed(MALFORMED.status());
    new GrizzlyConnection(connection)
        .terminateAfter(AnswerHeaders.responseWithoutRequest(MALFORMED));
    return context.getStopAction();
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) throws IOException {
    if (context.getMessage() instanceof HttpPacket packet
        && packet.getHttpHeader() instanceof HttpResponsePacket response
        && !response.isCommitted()) {
      answerHeaders.complete(response);
      meter.answered(response);
      Expectation.close(response);
    }
    return super.handleWrite(context);
  }

  /** Whether a request has begun, and not come whole. */
  private static boolean isInsideRequest(Connection<?> connection) {
    return connection.getAttributes().getAttribute(HTTP_SERVER_REQUEST_ATTR_NAME) != null;
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws IOException {
    Connection<?> connection = context.getConnection();
    NextAction next = super.handleEvent(context, event);
    if (event.type().equals(RESPONSE_COMPLETE_EVENT.type())) {
      tracker.responseCompleted(new GrizzlyConnection(connection), isInsideRequest(connection));
    }
    return next;
  }

  /**
   * @return whether the request is refused
   */
  @Override
  protected boolean onHttpHeaderParsed(
      HttpHeader header, Buffer buffer, FilterChainContext context) {
    HttpRequestPacket request = (HttpRequestPacket) header;
    meter.begun(request);
    // First, because it takes a target in absolute form apart.
    boolean refused = super.onHttpHeaderParsed(header, buffer, context);
    Problem fault;
    if (refused && request.getResponse().getStatus() == VERSION_NOT_SUPPORTED) {
      fault = RequestSyntax.OTHER_PROTOCOL;
    } else {
      Integer start = START.get(context.getConnection());
      fault = RequestSyntax.fault(request, buffer, start == null ? 0 : start, buffer.position());
    }
    if (fault == null) {
      fault = policy.fault(request);
    }
    if (fault != null) {
      FAULT.set(request, fault);
    } else if (!refused) {
      Expectation.note(request, buffer.hasRemaining());
      if (request.isChunked() && !buffer.hasRemaining()) {
        CHUNKED.set(context.getConnection(), request);
      }
    }
    return refused || fault != null;
  }

  /**
   * An offer of another protocol than a WebSocket's, such as the h2c that Java's client makes with
   * its requests, is ignored: Grizzly would give the answer no type and end the connection. Bodies
   * are read as what they are, whatever else is asked for: no upgrade here has one.
   */
  @Override
  protected void onIncomingUpgrade(FilterChainContext context, HttpHeader header) {
    if (!header.getUpgrade().toLowerCase(Locale.ROOT).contains("websocket")) {
      header.getUpgradeDC().recycle();
    } else if (!header.isChunked() && header.getContentLength() <= 0) {
      super.onIncomingUpgrade(context, header);
    }
  }

  @Override
  protected void onHttpHeaderError(HttpHeader header, FilterChainContext context, Throwable failure)
      throws IOException {
    if (FAULT.get(header) == null) {
      FAULT.set(header, faultOf(failure));
    }
    Problem fault = FAULT.get(header);
    tracker.malformed(new GrizzlyConnection(context.getConnection()), fault.code());
    super.onHttpHeaderError(header, context, failure);
  }

  @Override
  protected HttpContent customizeErrorResponse(HttpResponsePacket response) {
    HttpRequestPacket request = response.getRequest();
    Problem given = FAULT.get(request);
    Problem fault =
        given == null
            ? Problem.of(ProblemCode.VALIDATION_ERROR, "the request is malformed")
            : given;
    String requestId = ProblemResponse.requestId(request.getHeaders());
    byte[] body = fault.json(requestId).getBytes(StandardCharsets.UTF_8);
    HttpStatus.getHttpStatus(fault.status()).setValues(response);
    response.setContentType(Problem.MEDIA_TYPE);
    fault.headers().forEach(response::setHeader);
    response.setHeader(RequestId.HEADER, requestId);
    response.setHeader("Connection", "close");
    answerHeaders.complete(response);
    meter.answered(response);
    response.setContentLength(body.length);
    return HttpContent.builder(response).content(Buffers.wrap(null, body)).last(true).build();
  }

  /** Grizzly reports an overflow by an exception's text alone. */
  private static Problem faultOf(@Nullable Throwable failure) {
    boolean tooMany = failure instanceof MimeHeaders.MaxHeaderCountExceededException;
    String message = failure == null ? null : failure.getMessage();
    if (tooMany || (message != null && message.contains("too large"))) {
      return Problem.of(
          ProblemCode.HEADERS_TOO_LARGE, "the request line and the headers are too large");
    }
    return Problem.of(ProblemCode.VALIDATION_ERROR, "the request is malformed");
  }
}
