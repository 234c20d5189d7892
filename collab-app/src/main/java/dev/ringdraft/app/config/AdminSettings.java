package dev.ringdraft.app.config;

/**
 * Where health and metrics are shown.
 *
 * @param port of a loopback listener of its own; 0 = on the main listener, if that is loopback
 */
public record AdminSettings(int port) {
  public AdminSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
    }
  }

  /** On the main listener. */
  public static AdminSettings defaults() {
    return new AdminSettings(0);
  }

  static AdminSettings read(GivenValues values) {
    return new AdminSettings(values.number(Key.ADMIN_PORT, 0, 65_535));
  }
}
