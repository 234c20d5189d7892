package dev.ringdraft.app.config;

import dev.ringdraft.app.http.address.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens.
 *
 * @param host name or address of this machine
 * @param port 0 to 65535; 0 = any free one
 * @param proxies that are believed when they say for whom they ask
 * @param tls null = plain HTTP
 */
public record HttpSettings(
    String host, int port, TrustedProxies proxies, @Nullable TlsSettings tls) {
  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
    }
  }

  /** Port 8080 of 127.0.0.1, no proxies, no TLS. */
  public static HttpSettings defaults() {
    return new HttpSettings("127.0.0.1", 8080, TrustedProxies.none(), null);
  }

  /**
   * Whether only this machine can reach the server. A name counts as loopback when all its
   * addresses are; one that has none does not.
   */
  public boolean isLoopback() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** Whether it is loopback, and no proxy is known to stand before it. */
  boolean isForThisMachineAlone() {
    return isLoopback() && proxies.equals(TrustedProxies.none());
  }

  Stream<String> warnings() {
    return tls != null || isLoopback() || !proxies.equals(TrustedProxies.none())
        ? Stream.empty()
        : Stream.of(
            "%s: %s: tokens and texts cross the network without TLS; set %s, or %s for a proxy"
                .formatted(
                    Key.HTTP_HOST, host, Key.HTTP_TLS_CERTIFICATE, Key.HTTP_TRUSTED_PROXIES));
  }

  static HttpSettings read(GivenValues values) {
    String host = values.host(Key.HTTP_HOST);
    Set<String> proxies = values.list(Key.HTTP_TRUSTED_PROXIES);
    int port = values.number(Key.HTTP_PORT, 0, 65_535);
    try {
      return new HttpSettings(host, port, TrustedProxies.of(proxies), TlsSettings.read(values));
    } catch (IllegalArgumentException noRange) {
      throw values.refused(
          Key.HTTP_TRUSTED_PROXIES, "addresses, or ranges such as 10.0.0.0/8, by commas");
    }
  }
}
