package dev.ringdraft.app.config;

import java.net.URI;
import java.util.Set;

/**
 * The other origins whose pages may call, over REST and WebSocket.
 *
 * @param origins as a browser sends them (RFC 6454), such as {@code https://drafts.example}; any
 *     scheme with a host, such as {@code capacitor://localhost} of an app
 */
public record CorsSettings(Set<String> origins) {
  public CorsSettings {
    origins = Set.copyOf(origins);
  }

  /** Nobody's. */
  public static CorsSettings defaults() {
    return new CorsSettings(Set.of());
  }

  static CorsSettings read(GivenValues values) {
    Set<String> origins = values.list(Key.CORS_ORIGINS);
    if (!origins.stream().allMatch(CorsSettings::isOrigin)) {
      throw values.refused(
          Key.CORS_ORIGINS, "scheme://host or scheme://host:port, lower case, by commas");
    }
    return new CorsSettings(origins);
  }

  private static boolean isOrigin(String text) {
    if (!text.matches("[a-z][a-z0-9+.-]*://[a-z0-9.:\\[\\]-]+")) {
      return false;
    }
    try {
      return URI.create(text).getHost() != null;
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }
}
