package dev.ringdraft.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import co.elastic.logging.logback.EcsEncoder;
import dev.ringdraft.app.audit.RateLimitedAuditLog;
import dev.ringdraft.app.config.LogSettings;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends all log lines one way: what libraries write by {@code java.util.logging} goes where {@code
 * System.Logger} goes, to Logback and so to standard error ({@code logback.xml}).
 */
final class Logging {
  private static final String APPENDER = "STDERR";

  private Logging() {}

  static void unite() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Logs as configured from now on; the audit log always. */
  static void configure(LogSettings settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Level level = Level.valueOf(settings.level().name());
      context.getLogger(LogbackLevels.OWN).setLevel(level);
      context.getLogger(RateLimitedAuditLog.NAME).setLevel(Level.INFO);
      if (level.isGreaterOrEqual(Level.ERROR)) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
      }
      if (settings.format() == LogSettings.Format.JSON) {
        writeJson(context);
      }
    }
  }

  private static void writeJson(LoggerContext context) {
    if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
        instanceof OutputStreamAppender<ILoggingEvent> appender) {
      EcsEncoder encoder = new EcsEncoder();
      encoder.setContext(context);
      encoder.setServiceName("ringdraft");
      encoder.start();
      appender.setEncoder(encoder);
    }
  }
}
