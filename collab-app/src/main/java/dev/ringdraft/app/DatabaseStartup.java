package dev.ringdraft.app;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.DatabaseKeys;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.connection.PoolMetrics;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Finds the database of a configuration: the configured one, or the embedded one. */
final class DatabaseStartup {
  private DatabaseStartup() {}

  /**
   * The settings of the database, which runs from then on if it is the embedded one.
   *
   * @param shutdown ends the embedded one
   * @param givenUp gets the reason when the embedded one has ended for good
   */
  static DatabaseSettings settings(
      Configuration configuration,
      ShutdownSequence shutdown,
      PoolMetrics metrics,
      Consumer<String> givenUp)
      throws InterruptedException {
    if (configuration.storage().database().url() != null) {
      return configured(configuration, configuration.storage().startTimeout(), metrics);
    }
    int poolSize = configuration.storage().database().poolSize();
    if (poolSize > EmbeddedPostgres.MAX_CONNECTIONS) {
      throw new ConfigurationException(
          "database.pool.size: %d (expected: 1..%d for the embedded PostgreSQL)"
              .formatted(poolSize, EmbeddedPostgres.MAX_CONNECTIONS));
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(configuration.storage().data().folder());
    shutdown.started("Embedded PostgreSQL", postgres::close);
    CompletableFuture<Void> unused =
        postgres
            .givenUp()
            .thenAccept(reason -> givenUp.accept(String.valueOf(reason.getMessage())));
    return DatabaseSettings.builder(postgres.url())
        .credentials(postgres.user(), postgres.password())
        .poolSize(poolSize)
        .poolMetrics(metrics)
        .build();
  }

  /**
   * The settings of the configured database.
   *
   * @param startTimeout how long to wait until it answers
   */
  static DatabaseSettings configured(
      Configuration configuration, Duration startTimeout, PoolMetrics metrics) {
    DatabaseKeys database = configuration.storage().database();
    return DatabaseSettings.builder(String.valueOf(database.url()))
        .credentials(database.user(), database.password())
        .poolSize(database.poolSize())
        .startTimeout(startTimeout)
        .poolMetrics(metrics)
        .build();
  }
}
