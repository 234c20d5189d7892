package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Problem;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.websocket.handshake.GrantedHandshake;
import dev.ringdraft.websocket.handshake.Handshake;
import dev.ringdraft.websocket.handshake.HandshakeRequest;
import dev.ringdraft.websocket.socket.DraftSocket;
import dev.ringdraft.websocket.socket.FixedWindowLimiter;
import dev.ringdraft.websocket.socket.SocketAudit;
import dev.ringdraft.websocket.socket.SocketRegistry;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One session of the container: judges its request, and takes what the container reads to the
 * client's {@link DraftSocket}. Opening may wait for the store or for a key, on the container's
 * thread. Public for containers alone, which insist on it.
 */
public final class SessionEndpoint extends Endpoint {
  private static final System.Logger LOG = System.getLogger(SessionEndpoint.class.getName());

  private final Handshake handshake;
  private final SocketRegistry sockets;
  private final AccessServices access;

  /** Null until the client is let in. */
  private volatile @Nullable Open open;

  private record Open(GrantedHandshake caller, SessionConnection connection, DraftSocket socket) {}

  SessionEndpoint(Handshake handshake, SocketRegistry sockets, AccessServices access) {
    this.handshake = handshake;
    this.sockets = sockets;
    this.access = access;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    // How long a socket may be silent, its own timer knows.
    session.setMaxIdleTimeout(0);
    int maxBytes = sockets.settings().messages().maxBytes();
    session.setMaxTextMessageBufferSize(maxBytes);
    session.setMaxBinaryMessageBufferSize(maxBytes);
    HandshakeRequest request =
        UpgradeRequests.take(session, config.getUserProperties(), access.addresses());
    switch (handshake.judgeUpgrade(request)) {
      case Handshake.Verdict.Denied denied -> {
        denied.record(access.auditLog(), request);
        refuse(session, denied.problem());
      }
      case Handshake.Verdict.Granted granted -> open(session, request, granted.caller());
    }
  }

  private void open(Session session, HandshakeRequest request, GrantedHandshake caller) {
    try {
      SocketAudit incidents = SocketAudit.of(access.auditLog(), caller, request.peer());
      SessionConnection connection = new SessionConnection(session, sockets, incidents);
      DraftSocket socket = sockets.socket(caller, connection, incidents);
      open = new Open(caller, connection, socket);
      listen(session, connection, socket);
      sockets.add(socket);
      socket.open();
      if (handshake.isDraining()) {
        // It was let in just before.
        socket.drain();
      }
      if (!session.isOpen()) {
        end();
      }
    } catch (RuntimeException fault) {
      caller.release();
      throw fault;
    }
  }

  private void listen(Session session, SessionConnection connection, DraftSocket socket) {
    FixedWindowLimiter limiter = sockets.messageLimiter();
    session.addMessageHandler(
        String.class,
        (MessageHandler.Whole<String>)
            text -> {
              socket.heard();
              if (connection.isClosing()) {
                LOG.log(Level.TRACE, "a message came after the end");
              } else if (isTooBig(text)) {
                connection.close(CloseCodes.TOO_BIG.getCode(), "message too big");
              } else if (limiter.allows()) {
                socket.received(text);
              } else {
                connection.close(CloseCode.POLICY);
              }
            });
    session.addMessageHandler(
        ByteBuffer.class,
        (MessageHandler.Partial<ByteBuffer>)
            (part, last) -> connection.close(CloseCodes.CANNOT_ACCEPT.getCode(), "text only"));
    session.addMessageHandler(
        PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> socket.heard());
  }

  private boolean isTooBig(String text) {
    int maxBytes = sockets.settings().messages().maxBytes();
    return text.length() * 3L > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
  }

  /** The container has upgraded already, so the refusal is a frame and a close code. */
  private void refuse(Session session, Problem problem) {
    SessionConnection connection =
        new SessionConnection(
            session, sockets, new SocketAudit(AuditLog.none(), new Source(null, null, "", "")));
    connection.refuse(problem);
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    Open opened = open;
    if (opened != null) {
      opened.connection().closedByContainer(reason.getCloseCode().getCode());
    }
    end();
  }

  private void end() {
    Open opened = open;
    if (opened != null) {
      opened.connection().gone();
      opened.socket().ended();
      opened.caller().release();
      sockets.remove(opened.socket());
    }
  }

  /** The client is gone, or sent what the container can't read; the container ends the session. */
  @Override
  public void onError(Session session, Throwable fault) {
    LOG.log(Level.DEBUG, "a socket failed: {0}", fault.toString());
  }
}
