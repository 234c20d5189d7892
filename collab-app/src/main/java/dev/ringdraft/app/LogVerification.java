package dev.ringdraft.app;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseRefusedException;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.connection.PoolMetrics;
import dev.ringdraft.persistence.embedded.EmbeddedPostgresException;
import dev.ringdraft.view.LogVerifier;
import dev.ringdraft.view.LogVerifier.Verified;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies the drafts of a database without serving it, and changes nothing in it. */
final class LogVerification {
  private final Configuration configuration;
  private final Consumer<String> findings;
  private final Progress progress;

  /**
   * @param findings gets a line for each fault, and one at the end
   */
  LogVerification(Configuration configuration, Consumer<String> findings, Progress progress) {
    this.configuration = configuration;
    this.findings = findings;
    this.progress = progress;
  }

  /**
   * Runs it to its end.
   *
   * @param draft null for all
   * @return whether there is no fault
   * @throws StartException when the database can't be used, in one line
   */
  boolean run(@Nullable DraftId draft) throws IOException, InterruptedException {
    ShutdownSequence parts = new ShutdownSequence();
    try {
      DatabaseSettings settings =
          DatabaseStartup.settings(configuration, parts, PoolMetrics.disabled(), reason -> {});
      if (!Database.isMigrated(settings)) {
        throw new StartException(
            new IllegalStateException(
                "the schema of the database is not up to date, which migrate or a start changes"));
      }
      try (Database database = Database.open(settings)) {
        return verify(database.logVerifier(), draft);
      }
    } catch (EmbeddedPostgresException
        | DatabaseRefusedException
        | StoreUnavailableException refused) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while verifying");
      }
      throw new StartException(refused);
    } finally {
      parts.close();
    }
  }

  private boolean verify(LogVerifier verifier, @Nullable DraftId draft) {
    Consumer<String> lines = progress.before(findings);
    Verified verified =
        draft == null
            ? verifier.verifyAll(fault -> lines.accept(fault.toString()), this::show)
            : verifier.verify(draft, fault -> lines.accept(fault.toString()));
    if (draft != null && verified.drafts() == 0) {
      lines.accept("draft %s: there is none".formatted(draft));
      return false;
    }
    lines.accept(
        "%d drafts, %d events: %d faults"
            .formatted(verified.drafts(), verified.events(), verified.faults()));
    return verified.faults() == 0;
  }

  private void show(Verified done) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("told to stop while verifying");
    }
    progress.show("%d drafts, %d events".formatted(done.drafts(), done.events()));
  }
}
