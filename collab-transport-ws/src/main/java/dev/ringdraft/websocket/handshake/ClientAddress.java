package dev.ringdraft.websocket.handshake;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/**
 * Tells from where a handshake comes. Port: behind a proxy that is trusted, the program that runs
 * the server reads what the proxy says.
 */
@FunctionalInterface
public interface ClientAddress {
  /**
   * The address that counts.
   *
   * @param network the address at the other end of the connection
   * @param headers gives the values of a request header by its name; a caller can make them up
   */
  InetAddress of(InetAddress network, Function<String, List<String>> headers);

  /** The network's address, whatever the headers say. */
  static ClientAddress ofNetwork() {
    return (network, headers) -> network;
  }
}
