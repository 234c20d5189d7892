package dev.ringdraft.app;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends all log lines one way: what libraries write by {@code java.util.logging} goes where {@code
 * System.Logger} goes, to Logback and so to standard error ({@code logback.xml}).
 */
final class Logging {
  private Logging() {}

  static void unite() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
