package dev.ringdraft.persistence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Whether others can read a connection to a database on another machine, or pose as that database.
 * The driver encrypts if the server offers it, and by default checks no certificate.
 */
final class TransportSecurity {
  private TransportSecurity() {}

  /** The weakness of connections by this URL, and what to change; null if there is none. */
  static @Nullable String weakness(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null || parsed.containsKey("socketFactory") || isThisMachine(parsed)) {
      return null;
    }
    return switch (mode(parsed)) {
      case "verify-full", "verify-ca" -> null;
      case "require" -> withAdvice("its certificate is not checked");
      default -> withAdvice("the connection may be unencrypted");
    };
  }

  private static String withAdvice(String what) {
    return what
        + "; add sslmode=verify-full and sslrootcert=FILE to the parameters of database.url";
  }

  private static boolean isThisMachine(Properties parsed) {
    return Arrays.stream(parsed.getProperty("PGHOST", "localhost").split(",", -1))
        .allMatch(TransportSecurity::isLoopback);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static String mode(Properties parsed) {
    String fallback = parsed.getProperty("ssl", "false").equals("false") ? "prefer" : "verify-full";
    return parsed.getProperty("sslmode", fallback);
  }
}
