package dev.ringdraft.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.ringdraft.app.audit.RateLimitedAuditLog;
import dev.ringdraft.app.config.LogSettings;
import dev.ringdraft.app.http.operations.LogLevels;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Levels in Logback. Loggers of libraries keep theirs: what they say in detail may hold a text or a
 * token.
 */
final class LogbackLevels implements LogLevels {
  static final String OWN = "dev.ringdraft";

  private static final System.Logger LOG = System.getLogger(LogbackLevels.class.getName());
  private static final Pattern OWN_LOGGER =
      Pattern.compile("dev\\.ringdraft(\\.[A-Za-z0-9_$]{1,64}){0,8}");

  private final LoggerContext context;
  private final LogSettings.Level configured;

  LogbackLevels(LogSettings.Level configured) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
      throw new IllegalStateException("the program logs by Logback");
    }
    this.context = logback;
    this.configured = configured;
  }

  @Override
  public SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      Level level = logger.getLevel();
      if (level != null && isOurs(logger.getName())) {
        all.put(logger.getName(), level.toString().toLowerCase(Locale.ROOT));
      }
    }
    return all;
  }

  private static boolean isOurs(String logger) {
    return OWN_LOGGER.matcher(logger).matches() && !logger.equals(RateLimitedAuditLog.NAME);
  }

  @Override
  public boolean set(String logger, LogSettings.Level level) {
    return set(logger, level.name());
  }

  @Override
  public boolean reset(String logger) {
    return set(logger, logger.equals(OWN) ? configured.name() : null);
  }

  private boolean set(String logger, @Nullable String level) {
    if (!isOurs(logger)) {
      return false;
    }
    String shown = level == null ? "that of the logger above" : level.toLowerCase(Locale.ROOT);
    LOG.log(System.Logger.Level.INFO, "Log level of {0}: {1}", logger, shown);
    context.getLogger(logger).setLevel(level == null ? null : Level.valueOf(level));
    return true;
  }
}
