package dev.ringdraft.websocket;

import dev.ringdraft.room.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;

/**
 * Stands in the listener's filter chain before the HTTP server. It takes what is addressed to the
 * WebSocket path: an upgrade request is judged, and refused here by an HTTP answer, because Tyrus
 * refuses by leaving the caller hanging or by opening the socket all the same; an open socket's
 * bytes are looked at and handed to Tyrus.
 */
final class WebSocketFilter extends BaseFilter {
  private static final System.Logger LOG = System.getLogger(WebSocketFilter.class.getName());
  private static final Attribute<OpenSocket> OPEN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(WebSocketFilter.class.getName());

  private final String prefix;
  private final WebSocketEngine engine;
  private final Handshake handshake;
  private final OpenSockets sockets;
  private final WebSocketSettings settings;

  WebSocketFilter(
      String prefix,
      WebSocketEngine engine,
      Handshake handshake,
      OpenSockets sockets,
      WebSocketSettings settings) {
    this.prefix = prefix;
    this.engine = engine;
    this.handshake = handshake;
    this.sockets = sockets;
    this.settings = settings;
  }

  /** A socket, with what Tyrus reads it by. */
  private record OpenSocket(DraftSocket socket, FrameGuard guard, Connection tyrus) {}

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    HttpContent message = context.getMessage();
    OpenSocket open = OPEN.get(context.getConnection());
    if (open != null) {
      received(open, message.getContent());
      message.recycle();
      return context.getStopAction();
    }
    if (message.getHttpHeader() instanceof HttpRequestPacket request
        && request.getRequestURI().startsWith(prefix)) {
      return shakeHands(context, request);
    }
    return context.getInvokeAction();
  }

  private static void received(OpenSocket open, Buffer bytes) {
    open.socket().heard();
    if (!bytes.isComposite()) {
      received(open, bytes.toByteBuffer());
      return;
    }
    ByteBufferArray parts = bytes.toByteBufferArray();
    for (int i = 0; i < parts.size(); i++) {
      received(open, parts.getArray()[i]);
    }
    parts.recycle();
  }

  private static void received(OpenSocket open, ByteBuffer bytes) {
    FrameGuard.Finding finding = open.guard().inspect(bytes.duplicate());
    SocketConnection connection = open.socket().connection();
    if (connection.isClosing()) {
      connection.endIfAnswered();
      return;
    }
    switch (finding) {
      case SOUND -> open.tyrus().getReadHandler().handle(bytes);
      case PROTOCOL_ERROR -> close(connection, CloseCodes.PROTOCOL_ERROR, "protocol error");
      case BINARY -> close(connection, CloseCodes.CANNOT_ACCEPT, "text only");
      case TOO_BIG -> close(connection, CloseCodes.TOO_BIG, "message too big");
      case TOO_FAST -> connection.close(CloseCode.POLICY);
    }
  }

  private static void close(SocketConnection connection, CloseCodes code, String reason) {
    connection.close(code.getCode(), reason);
  }

  private NextAction shakeHands(FilterChainContext context, HttpRequestPacket packet) {
    HandshakeRequest request = request(packet);
    return switch (handshake.judge(request)) {
      case Handshake.Verdict.Denied denied -> refuse(context, packet, request, denied.refusal());
      case Handshake.Verdict.Granted granted -> open(context, packet, request, granted.caller());
    };
  }

  private static HandshakeRequest request(HttpRequestPacket packet) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : packet.getHeaders().names()) {
      List<String> values =
          headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>());
      if (values.isEmpty()) {
        packet.getHeaders().values(name).forEach(value -> values.add(value.strip()));
      }
    }
    return new HandshakeRequest(
        packet.getMethod().getMethodString(),
        packet.getProtocol() == Protocol.HTTP_1_1,
        packet.getRequestURI(),
        packet.getQueryString(),
        headers);
  }

  private NextAction open(
      FilterChainContext context,
      HttpRequestPacket packet,
      HandshakeRequest request,
      Caller caller) {
    NIOConnection network = (NIOConnection) context.getConnection();
    FrameGuard guard = sockets.guard();
    DraftSocket socket = sockets.socket(caller, network, guard, handshake);
    try {
      TyrusUpgradeResponse response = new TyrusUpgradeResponse();
      UpgradeInfo upgrade =
          engine.upgrade(upgradeRequest(packet, request, caller, socket), response);
      if (upgrade.getStatus() != UpgradeStatus.SUCCESS || response.getStatus() != 101) {
        socket.ended();
        return refuse(context, packet, request, Refusal.malformed("not a WebSocket handshake"));
      }
      limitSendBuffer(network);
      switchProtocols(context, packet, response);
      Connection tyrus = upgrade.createConnection(socket.connection(), reason -> socket.ended());
      OPEN.set(network, new OpenSocket(socket, guard, tyrus));
      sockets.add(socket);
      network.addCloseListener(
          (CloseListener<Closeable, CloseType>)
              (closed, type) -> {
                sockets.remove(socket);
                socket.ended();
                OPEN.remove(network);
                tyrus.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
              });
      socket.open();
      return context.getStopAction();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "a socket could not be opened", fault);
      socket.ended();
      network.terminateSilently();
      return context.getStopAction();
    }
  }

  private static RequestContext upgradeRequest(
      HttpRequestPacket packet, HandshakeRequest request, Caller caller, DraftSocket socket) {
    RequestContext upgrade =
        RequestContext.Builder.create()
            .requestURI(URI.create(request.path()))
            .secure(packet.isSecure())
            .userPrincipal(new OpeningSocket(socket, caller.user().value()))
            .parameterMap(Map.of())
            .remoteAddr(packet.getRemoteAddress())
            .build();
    request
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        upgrade
                            .getHeaders()
                            .computeIfAbsent(name, absent -> new ArrayList<>())
                            .addAll(Utils.parseHeaderValue(value))));
    return upgrade;
  }

  /** Left alone, the kernel would queue megabytes for a client that does not read. */
  private void limitSendBuffer(NIOConnection network) {
    try {
      if (network.getChannel() instanceof SocketChannel channel) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private static void switchProtocols(
      FilterChainContext context, HttpRequestPacket packet, TyrusUpgradeResponse upgrade) {
    HttpResponsePacket response = packet.getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setStatus(101);
    upgrade
        .getHeaders()
        .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
    context.write(HttpContent.builder(response).build());
  }

  private static NextAction refuse(
      FilterChainContext context,
      HttpRequestPacket packet,
      HandshakeRequest request,
      Refusal refusal) {
    String requestId =
        request
            .single("x-request-id")
            .filter(id -> id.matches("[!-~]{1,128}"))
            .orElseGet(() -> UUID.randomUUID().toString());
    LOG.log(
        Level.DEBUG,
        "handshake refused: {0} {1}, request {2}",
        refusal.status(),
        refusal.code(),
        requestId);
    byte[] body = refusal.problem(requestId).getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = packet.getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setAllowCustomReasonPhrase(true);
    response.setStatus(refusal.status());
    response.setReasonPhrase(refusal.title());
    refusal.headers().forEach(response::setHeader);
    response.setHeader("X-Request-Id", requestId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    // Of an upgrade request's answer Grizzly writes just the headers, not the content type's
    // holder.
    response.getHeaders().setValue(Header.ContentType).setString("application/problem+json");
    response.setHeader("Connection", "close");
    response.setContentLength(body.length);
    response.setChunked(false);
    response.getProcessingState().setError(true);
    context.write(
        HttpContent.builder(response)
            .content(Buffers.wrap(context.getMemoryManager(), body))
            .last(true)
            .build());
    // Else the next request on this connection would be given this answer again.
    context.getConnection().closeSilently();
    return context.getStopAction();
  }
}
