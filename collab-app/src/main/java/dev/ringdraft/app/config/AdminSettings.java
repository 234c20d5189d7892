package dev.ringdraft.app.config;

/**
 * Where health and metrics are shown.
 *
 * @param host of a listener of its own: a name or address of this machine
 * @param port of that listener; 0 = there is none, and the main listener shows them if it is
 *     loopback
 */
public record AdminSettings(String host, int port) {
  public AdminSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
    }
  }

  /** On the main listener. */
  public static AdminSettings defaults() {
    return new AdminSettings("127.0.0.1", 0);
  }

  /** Whether there is a listener of its own. */
  public boolean hasPort() {
    return port != 0;
  }

  static AdminSettings read(GivenValues values) {
    AdminSettings admin =
        new AdminSettings(values.host(Key.ADMIN_HOST), values.number(Key.ADMIN_PORT, 0, 65_535));
    if (values.has(Key.ADMIN_HOST) && !admin.hasPort()) {
      throw new ConfigurationException("admin.host: given without admin.port");
    }
    return admin;
  }
}
