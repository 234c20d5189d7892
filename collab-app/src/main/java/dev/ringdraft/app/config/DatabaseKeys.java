package dev.ringdraft.app.config;

import org.jspecify.annotations.Nullable;

/**
 * Which database to use. Its text shows neither the password nor the URL's parameters.
 *
 * @param url {@code jdbc:postgresql:…}; null = the embedded PostgreSQL
 * @param poolSize most connections, 1 to 1000
 */
public record DatabaseKeys(@Nullable String url, String user, String password, int poolSize) {
  /** The embedded PostgreSQL, with 10 connections at most. */
  public static DatabaseKeys defaults() {
    return new DatabaseKeys(null, "", "", 10);
  }

  static DatabaseKeys read(GivenValues values) {
    String url = values.textOrNull(Key.DATABASE_URL);
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw new ConfigurationException(
          "database.url: %s (expected: jdbc:postgresql://host:port/name)"
              .formatted(withoutParameters(url)));
    }
    String password = values.secret(Key.DATABASE_PASSWORD, Key.DATABASE_PASSWORD_FILE);
    if (url == null && (values.has(Key.DATABASE_USER) || !password.isEmpty())) {
      throw new ConfigurationException(
          "database.user, database.password: given without database.url");
    }
    return new DatabaseKeys(
        url,
        values.text(Key.DATABASE_USER),
        password,
        values.number(Key.DATABASE_POOL_SIZE, 1, 1_000));
  }

  /** The URL up to its parameters, which may hold a password; user names before an @ go too. */
  private static String withoutParameters(String url) {
    int question = url.indexOf('?');
    String bare = question < 0 ? url : url.substring(0, question);
    return bare.replaceFirst("//.*@", "//");
  }

  @Override
  public String toString() {
    return "DatabaseKeys[url=%s, poolSize=%d]"
        .formatted(url == null ? null : withoutParameters(url), poolSize);
  }
}
