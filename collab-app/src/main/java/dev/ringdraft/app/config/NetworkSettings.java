package dev.ringdraft.app.config;

/**
 * How the server is reached.
 *
 * @param http where it listens
 * @param cors which other pages may call
 * @param admin where health and metrics are shown
 */
public record NetworkSettings(HttpSettings http, CorsSettings cors, AdminSettings admin) {
  /** The defaults of each. */
  public static NetworkSettings defaults() {
    return new NetworkSettings(
        HttpSettings.defaults(), CorsSettings.defaults(), AdminSettings.defaults());
  }

  /**
   * @throws ConfigurationException when the two ports are one
   */
  static NetworkSettings read(GivenValues values) {
    NetworkSettings network =
        new NetworkSettings(
            HttpSettings.read(values), CorsSettings.read(values), AdminSettings.read(values));
    int port = network.admin.port();
    if (port != 0 && port == network.http.port()) {
      throw new ConfigurationException(
          "admin.port: %d (expected: another port than http.port)".formatted(port));
    }
    return network;
  }
}
