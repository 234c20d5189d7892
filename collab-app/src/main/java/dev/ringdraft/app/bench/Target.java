package dev.ringdraft.app.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured, as it is reached over a socket.
 *
 * @param host for the Host header
 * @param token that all use, or none: then names are given, as development mode believes them
 */
record Target(InetSocketAddress address, String host, @Nullable String token) {
  /** Loopback addresses to call from: each has ports of its own, and limits of its own. */
  static final int SOURCES = 32;

  static Target of(URI url, @Nullable String token) {
    int port = url.getPort() < 0 ? 80 : url.getPort();
    InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
    if (address.isUnresolved()) {
      throw new BenchException("%s: no such host".formatted(url.getHost()));
    }
    return new Target(address, url.getHost() + ":" + port, token);
  }

  /** The address that this connection comes from; null = whatever the system takes. */
  @Nullable SocketAddress source(int number) {
    byte[] bytes = address.getAddress().getAddress();
    if (bytes.length != 4 || bytes[0] != 127) {
      return null;
    }
    try {
      byte[] from = {127, 0, 0, (byte) (1 + number % SOURCES)};
      return new InetSocketAddress(InetAddress.getByAddress(from), 0);
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The header that says who asks. */
  String credentials(String user) {
    return token == null ? "X-User-Id: " + user : "Authorization: Bearer " + token;
  }
}
