package dev.ringdraft.app;

import dev.ringdraft.app.auth.KeyCheck;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.TlsSettings;
import dev.ringdraft.app.tls.CurrentIdentity;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseRefusedException;
import dev.ringdraft.persistence.connection.PoolMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what a configuration names: files, keys and the database. Starts and changes nothing. */
final class ConfigurationCheck {
  /** How long the database may take to answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final Consumer<String> findings;
  private final Consumer<String> faults;
  private boolean good = true;

  /**
   * @param findings gets a line for each thing that can be used
   * @param faults gets a line for each thing that can't
   */
  ConfigurationCheck(
      Configuration configuration, Consumer<String> findings, Consumer<String> faults) {
    this.configuration = configuration;
    this.findings = findings;
    this.faults = faults;
  }

  /** Checks everything; true when a server could start. */
  boolean run() {
    SecretFiles.checkPrivacy(configuration.process().secretFiles());
    check(this::certificate);
    check(this::tokens);
    check(this::database);
    return good;
  }

  private void check(Supplier<String> part) {
    try {
      findings.accept(part.get());
    } catch (ConfigurationException | DatabaseRefusedException fault) {
      good = false;
      faults.accept(String.valueOf(fault.getMessage()));
    }
  }

  private String certificate() {
    TlsSettings tls = configuration.http().tls();
    return tls == null
        ? "tls: none, plain HTTP"
        : "tls: the certificate is valid until " + CurrentIdentity.expiryOf(tls);
  }

  private String tokens() {
    String development =
        configuration.developmentModeEnabled() ? "; development mode believes names" : "";
    return "tokens: " + KeyCheck.describe(configuration.auth()) + development;
  }

  private String database() {
    if (configuration.storage().database().url() == null) {
      return "database: the embedded PostgreSQL in " + folder();
    }
    boolean upToDate =
        Database.isMigrated(
            DatabaseStartup.configured(configuration, PATIENCE, PoolMetrics.disabled()));
    return upToDate
        ? "database: it answers, and its schema is up to date"
        : "database: it answers; its schema is not up to date, which migrate or a start changes";
  }

  private Path folder() {
    Path folder = configuration.storage().data().folder();
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      @Nullable Path parent = there.getParent();
      if (parent == null) {
        break;
      }
      there = parent;
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new ConfigurationException(
          "data.dir: %s can't be written to (expected: a folder of this account)"
              .formatted(folder));
    }
    return folder;
  }
}
