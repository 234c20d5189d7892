package dev.ringdraft.websocket.tyrus;

import dev.ringdraft.websocket.socket.DraftSocket;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Tyrus reads from a client to the client's {@link DraftSocket}. Public for Tyrus alone,
 * which makes and calls it by reflection.
 */
public final class DraftEndpoint extends Endpoint {
  private static final System.Logger LOG = System.getLogger(DraftEndpoint.class.getName());

  private @Nullable SocketPrincipal opened;

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    // Any other value makes Tyrus schedule a task for each message it sends.
    session.setMaxIdleTimeout(-1);
    if (!(session.getUserPrincipal() instanceof SocketPrincipal opening)) {
      throw new IllegalStateException("the filter hands every session its socket");
    }
    opened = opening;
    session.addMessageHandler(new TextHandler(opening.socket()));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (opened != null) {
      opened.connection().closedByTyrus(reason.getCloseCode().getCode());
      opened.socket().ended();
    }
  }

  @Override
  public void onError(Session session, Throwable fault) {
    Object failed = opened == null ? "a socket" : opened.socket();
    LOG.log(Level.WARNING, "{0} failed and is closed: {1}", failed, fault.toString());
    if (opened != null) {
      opened.connection().close(CloseReason.CloseCodes.UNEXPECTED_CONDITION.getCode(), "error");
    }
  }

  /** A class of its own, because Tyrus reads the message's type from its declaration. */
  private record TextHandler(DraftSocket socket) implements MessageHandler.Whole<String> {
    @Override
    public void onMessage(String text) {
      socket.received(text);
    }
  }
}
