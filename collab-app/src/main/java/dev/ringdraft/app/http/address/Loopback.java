package dev.ringdraft.app.http.address;

import java.net.InetAddress;
import java.util.Locale;

/** The machine itself, as it is called from inside. */
public final class Loopback {
  private static final String NAME = "localhost";

  private Loopback() {}

  /**
   * Whether a host can mean nothing but this machine: {@code localhost} and names that end with it
   * (RFC 6761, section 6.3), and addresses of loopback, IPv6 with brackets or without. Nothing is
   * looked up, because what a name leads to today it need not lead to tomorrow.
   */
  public static boolean isMeantBy(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals(NAME)
        || lower.endsWith("." + NAME)
        || AddressRange.address(lower).map(InetAddress::isLoopbackAddress).orElse(false);
  }
}
