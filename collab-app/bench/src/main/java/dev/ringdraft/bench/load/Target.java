package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.BenchException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The measured server and the credentials for it.
 *
 * @param host value of the Host header
 * @param token the JSON Web Token of all users; null if user names are sent, for development mode
 */
record Target(InetSocketAddress address, String host, @Nullable String token) {
  /** Loopback source addresses: each has ports of its own, and limits of its own. */
  static final int SOURCES = 32;

  static Target of(URI url, @Nullable String token) {
    int port = url.getPort() < 0 ? 80 : url.getPort();
    InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
    if (address.isUnresolved()) {
      throw new BenchException("%s: no such host".formatted(url.getHost()));
    }
    return new Target(address, url.getHost() + ":" + port, token);
  }

  /** The source address of this connection; null if the operating system chooses. */
  @Nullable SocketAddress source(int number) {
    byte[] bytes = address.getAddress().getAddress();
    if (bytes.length != 4 || bytes[0] != 127) {
      return null;
    }
    try {
      byte[] from = {127, 0, 0, (byte) (1 + number % SOURCES)};
      return new InetSocketAddress(InetAddress.getByAddress(from), 0);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The header with the user's credentials. */
  String credentials(String user) {
    return token == null ? "X-User-Id: " + user : "Authorization: Bearer " + token;
  }
}
