package dev.ringdraft.websocket.tyrus;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RequestId;
import dev.ringdraft.websocket.frame.DeflateOffer;
import dev.ringdraft.websocket.frame.FrameValidator;
import dev.ringdraft.websocket.frame.MessageInflater;
import dev.ringdraft.websocket.frame.SocketFormats;
import dev.ringdraft.websocket.handshake.GrantedHandshake;
import dev.ringdraft.websocket.handshake.Handshake;
import dev.ringdraft.websocket.handshake.HandshakeProblems;
import dev.ringdraft.websocket.handshake.HandshakeRequest;
import dev.ringdraft.websocket.handshake.Peer;
import dev.ringdraft.websocket.handshake.RequestLine;
import dev.ringdraft.websocket.socket.DraftSocket;
import dev.ringdraft.websocket.socket.SocketAudit;
import dev.ringdraft.websocket.socket.SocketRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Optional;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.core.CloseReasons;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;

/**
 * Stands in the listener's filter chain before the HTTP server. It takes what is addressed to the
 * WebSocket path: an upgrade request is judged, and refused here by an HTTP answer, because Tyrus
 * refuses by leaving the caller hanging or by opening the socket all the same; a connection that
 * has become a socket is handed to the {@link FrameFilter}.
 */
public final class WebSocketFilter extends BaseFilter {
  private static final System.Logger LOG = System.getLogger(WebSocketFilter.class.getName());

  /** Tyrus keeps what it is given for as long as the socket is open. */
  private static final List<String> READ_BY_TYRUS =
      List.of(
          "Host",
          "Connection",
          "Upgrade",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Protocol");

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  private final WebSocketEngine engine;
  private final Handshake handshake;
  private final SocketRegistry sockets;
  private final AccessServices access;
  private final SocketFormats formats = new SocketFormats();
  private final FrameFilter frames = new FrameFilter();

  public WebSocketFilter(
      WebSocketEngine engine, Handshake handshake, SocketRegistry sockets, AccessServices access) {
    this.engine = engine;
    this.handshake = handshake;
    this.sockets = sockets;
    this.access = access;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    HttpContent message = context.getMessage();
    if (message.getHttpHeader() instanceof HttpRequestPacket request
        && request.getRequestURI().startsWith(Handshake.DRAFTS)) {
      return shakeHandsAside(context, request);
    }
    return context.getInvokeAction();
  }

  /** A handshake may wait for a key or for the store, and a selector's thread must not. */
  private NextAction shakeHandsAside(FilterChainContext context, HttpRequestPacket packet) {
    NextAction suspended = context.getSuspendAction();
    context.suspend();
    context
        .getConnection()
        .getTransport()
        .getWorkerThreadPool()
        .execute(() -> context.resume(shakeHands(context, packet)));
    return suspended;
  }

  private NextAction shakeHands(FilterChainContext context, HttpRequestPacket packet) {
    if (!(context.getConnection().getPeerAddress() instanceof InetSocketAddress peer)) {
      // It has gone already.
      context.getConnection().terminateSilently();
      return context.getStopAction();
    }
    HandshakeRequest request = request(peer.getAddress(), packet);
    return switch (handshake.judge(request)) {
      case Handshake.Verdict.Denied denied -> {
        denied.record(access.auditLog(), request);
        yield refuse(context, packet, denied.problem(), request.id());
      }
      case Handshake.Verdict.Granted granted -> open(context, packet, request, granted.caller());
    };
  }

  private HandshakeRequest request(InetAddress network, HttpRequestPacket packet) {
    Map<String, List<String>> headers = new HashMap<>();
    MimeHeaders given = packet.getHeaders();
    for (int index = 0; index < given.size(); index++) {
      String name = given.getName(index).toString().toLowerCase(Locale.ROOT);
      headers
          .computeIfAbsent(name, absent -> new ArrayList<>(1))
          .add(given.getValue(index).toString().strip());
    }
    ClientAddress addresses = access.addresses();
    Peer peer =
        new Peer(
            addresses.of(network, values(headers, ClientAddress.FORWARDED_FOR)),
            addresses.askedByTls(
                packet.isSecure(), network, values(headers, ClientAddress.FORWARDED_PROTO)));
    RequestLine line =
        new RequestLine(
            packet.getMethod().getMethodString(),
            packet.getRequestURI(),
            packet.getQueryString(),
            packet.getProtocol() == Protocol.HTTP_1_1);
    return new HandshakeRequest(peer, line, headers);
  }

  private static List<String> values(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  private NextAction open(
      FilterChainContext context,
      HttpRequestPacket packet,
      HandshakeRequest request,
      GrantedHandshake caller) {
    NIOConnection network = (NIOConnection) context.getConnection();
    whenClosed(network, caller::release);
    try {
      Optional<String> extension = DeflateOffer.answer(request.listed(EXTENSIONS));
      boolean compression = extension.isPresent();
      FrameValidator guard =
          new FrameValidator(
              sockets.settings().messages().maxBytes(), sockets.messageLimiter(), compression);
      SocketAudit incidents = SocketAudit.of(access.auditLog(), caller, request.peer());
      SocketConnection connection =
          new SocketConnection(network, guard, incidents, formats, sockets);
      DraftSocket socket = sockets.socket(caller, connection, incidents);
      whenClosed(network, socket::ended);
      TyrusUpgradeResponse response = new TyrusUpgradeResponse();
      UpgradeInfo upgrade =
          engine.upgrade(
              upgradeRequest(
                  packet, request, new SocketPrincipal(socket, connection, caller.user().value())),
              response);
      if (upgrade.getStatus() != UpgradeStatus.SUCCESS || response.getStatus() != 101) {
        return refuse(
            context,
            packet,
            HandshakeProblems.malformed("not a WebSocket handshake"),
            request.id());
      }
      limitSendBuffer(network);
      extension.ifPresent(agreed -> response.getHeaders().put(EXTENSIONS, List.of(agreed)));
      Connection tyrus = upgrade.createConnection(connection, reason -> socket.ended());
      MessageInflater inflater =
          compression ? new MessageInflater(sockets.settings().messages().maxBytes()) : null;
      // Before anybody else can write to it: whatever goes out first goes behind this.
      connection.cork(head(response, request.id()));
      frames.takeOver(
          network,
          context.getFilterChain(),
          new FrameFilter.OpenSocket(socket, connection, guard, inflater, tyrus));
      sockets.add(socket);
      whenClosed(
          network,
          () -> {
            sockets.remove(socket);
            frames.release(network);
            connection.gone();
            tyrus.close(CloseReasons.CLOSED_ABNORMALLY.getCloseReason());
          });
      socket.open();
      if (handshake.isDraining()) {
        // It was let in just before.
        socket.drain();
      }
      return context.getStopAction();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "request " + request.id() + " failed", fault);
      network.terminateSilently();
      return context.getStopAction();
    }
  }

  /** Also when it is closed already, and then at once. */
  private static void whenClosed(NIOConnection network, Runnable then) {
    network.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> then.run());
  }

  private static RequestContext upgradeRequest(
      HttpRequestPacket packet, HandshakeRequest request, SocketPrincipal socket) {
    RequestContext upgrade =
        RequestContext.Builder.create()
            .requestURI(URI.create(request.line().path()))
            .secure(packet.isSecure())
            .userPrincipal(socket)
            .parameterMap(Map.of())
            .remoteAddr(packet.getRemoteAddress())
            .build();
    for (String name : READ_BY_TYRUS) {
      List<String> values = request.listed(name);
      if (!values.isEmpty()) {
        upgrade.getHeaders().put(name, values);
      }
    }
    return upgrade;
  }

  /** Left alone, the kernel would queue megabytes for a client that does not read. */
  private void limitSendBuffer(NIOConnection network) {
    try {
      if (network.getChannel() instanceof SocketChannel channel) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sockets.settings().sendBufferBytes());
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Written past the HTTP codec, which would give it a system call of its own. */
  private static ByteBuffer head(TyrusUpgradeResponse upgrade, String requestId) {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    head.append(RequestId.HEADER).append(": ").append(requestId).append("\r\n");
    upgrade
        .getHeaders()
        .forEach(
            (name, values) ->
                head.append(name).append(": ").append(String.join(", ", values)).append("\r\n"));
    return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static NextAction refuse(
      FilterChainContext context, HttpRequestPacket packet, Problem problem, String requestId) {
    byte[] body = problem.json(requestId).getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = packet.getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setAllowCustomReasonPhrase(true);
    response.setStatus(problem.status());
    response.setReasonPhrase(problem.code().title());
    problem.headers().forEach(response::setHeader);
    response.setHeader(RequestId.HEADER, requestId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    // Of an answer to an upgrade request, or with an Upgrade field, Grizzly writes just the
    // headers.
    response.getHeaders().setValue(Header.ContentType).setString(Problem.MEDIA_TYPE);
    response.getHeaders().setValue(Header.ContentLength).setString(Integer.toString(body.length));
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
