package dev.ringdraft.websocket.handshake;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where an upgrade request came from.
 *
 * @param address of the caller; null where the container does not say
 * @param overTls whether the caller is known to have asked by TLS, of the listener or of a trusted
 *     proxy
 */
public record Peer(@Nullable InetAddress address, boolean overTls) {
  /** The address for the audit log. */
  public String name() {
    return address == null ? "unknown" : address.getHostAddress();
  }
}
