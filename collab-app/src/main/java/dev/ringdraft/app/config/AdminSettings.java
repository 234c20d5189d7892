package dev.ringdraft.app.config;

import java.nio.charset.StandardCharsets;

/**
 * What operators reach. Its text shows no token.
 *
 * @param host of a listener of its own: a name or address of this machine
 * @param port of that listener; 0 = there is none, and the main listener shows them if it is
 *     loopback
 * @param token of operators, for what changes the server, 32 bytes or more; empty = nobody may
 */
public record AdminSettings(String host, int port, String token) {
  private static final int MIN_TOKEN_BYTES = 32;

  public AdminSettings {
    int bytes = token.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 0 && bytes < MIN_TOKEN_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes (expected: %d or more)".formatted(bytes, MIN_TOKEN_BYTES));
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
    }
  }

  /** On the main listener. */
  public static AdminSettings defaults() {
    return new AdminSettings("127.0.0.1", 0, "");
  }

  /** Whether there is a listener of its own. */
  public boolean hasPort() {
    return port != 0;
  }

  static AdminSettings read(GivenValues values) {
    String host = values.host(Key.ADMIN_HOST);
    int port = values.number(Key.ADMIN_PORT, 0, 65_535);
    AdminSettings admin;
    try {
      admin = new AdminSettings(host, port, values.secret(Key.ADMIN_TOKEN_FILE));
    } catch (IllegalArgumentException tooShort) {
      throw new ConfigurationException(
          "%s: %s".formatted(Key.ADMIN_TOKEN_FILE, tooShort.getMessage()), tooShort);
    }
    if (values.has(Key.ADMIN_HOST) && !admin.hasPort()) {
      throw new ConfigurationException("admin.host: given without admin.port");
    }
    return admin;
  }

  @Override
  public String toString() {
    return "AdminSettings[host=%s, port=%d]".formatted(host, port);
  }
}
