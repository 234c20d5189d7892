package dev.ringdraft.app;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseRefusedException;
import dev.ringdraft.persistence.connection.PoolMetrics;
import dev.ringdraft.persistence.embedded.EmbeddedPostgresException;
import java.io.IOException;

/** Brings the schema of a database up to date without serving it. */
final class SchemaMigration {
  private SchemaMigration() {}

  /**
   * Runs it to its end.
   *
   * @throws StartException when the database can't be used, in one line
   */
  static void run(Configuration configuration) throws IOException, InterruptedException {
    ShutdownSequence parts = new ShutdownSequence();
    try {
      Database.open(
              DatabaseStartup.settings(configuration, parts, PoolMetrics.disabled(), reason -> {}))
          .close();
    } catch (EmbeddedPostgresException | DatabaseRefusedException refused) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while migrating");
      }
      throw new StartException(refused);
    } finally {
      parts.close();
    }
  }
}
