package dev.ringdraft.persistence;

import java.time.Duration;

/**
 * Which PostgreSQL, and how patiently.
 *
 * @param url {@code jdbc:postgresql://host:port/name}; parameters may follow
 * @param password kept out of {@link #toString}
 * @param poolSize connections kept at most, 1 or more
 * @param connectTimeout for opening one connection
 * @param socketTimeout for the answer to one statement; a connection that is silent for longer is
 *     lost
 * @param poolTimeout for a free connection of the pool
 * @param startTimeout for a server that does not answer yet while the program starts
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration poolTimeout,
    Duration startTimeout) {
  /** Pool size for a server of a few cores. */
  public static final int DEFAULT_POOL_SIZE = 10;

  private static final String SCHEME = "jdbc:postgresql:";

  public DatabaseSettings {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("database.url: expected jdbc:postgresql://host:port/name");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException(
          "database.pool.size: %d (expected: 1 or more)".formatted(poolSize));
    }
    positive("connectTimeout", connectTimeout);
    positive("socketTimeout", socketTimeout);
    positive("poolTimeout", poolTimeout);
    positive("startTimeout", startTimeout);
  }

  /** 5 s to connect, 10 s for an answer, 3 s for a free connection, 15 s at the start. */
  public static DatabaseSettings of(String url, String user, String password, int poolSize) {
    return new DatabaseSettings(
        url,
        user,
        password,
        poolSize,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(15));
  }

  /** The address without parameters, which may hold secrets: for people and logs. */
  public String address() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[%s, user %s, %d connections]".formatted(address(), user, poolSize);
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, value));
    }
  }
}
