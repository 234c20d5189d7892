package dev.ringdraft.app.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What concerns the process as a whole.
 *
 * @param secretFiles the files with a secret, by the key that names them
 */
public record ProcessSettings(LogSettings log, Map<Key, Path> secretFiles) {
  private static final List<Key> SECRET_FILES =
      List.of(
          Key.HTTP_TLS_PRIVATE_KEY,
          Key.DATABASE_PASSWORD_FILE,
          Key.AUTH_JWT_HMAC_SECRET_FILE,
          Key.ADMIN_TOKEN_FILE);

  public ProcessSettings {
    secretFiles = Map.copyOf(secretFiles);
  }

  /** The default log, and no secret in a file. */
  public static ProcessSettings defaults() {
    return new ProcessSettings(LogSettings.defaults(), Map.of());
  }

  static ProcessSettings read(GivenValues values) {
    Map<Key, Path> files = new EnumMap<>(Key.class);
    for (Key key : SECRET_FILES) {
      if (values.has(key)) {
        files.put(key, values.path(key));
      }
    }
    return new ProcessSettings(LogSettings.read(values), files);
  }
}
