package dev.ringdraft.websocket.tyrus;

import dev.ringdraft.websocket.socket.DraftSocket;
import java.security.Principal;

/** Carries a socket through Tyrus to its endpoint, as the principal of the session. */
record SocketPrincipal(DraftSocket socket, SocketConnection connection, String user)
    implements Principal {
  @Override
  public String getName() {
    return user;
  }
}
