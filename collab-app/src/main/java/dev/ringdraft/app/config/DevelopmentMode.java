package dev.ringdraft.app.config;

/** Whether callers are believed without a proof, as was said. */
public enum DevelopmentMode {
  /**
   * Not said: on when the server listens on loopback and neither a key nor a proxy is configured.
   */
  AUTOMATIC,
  ON,
  OFF
}
