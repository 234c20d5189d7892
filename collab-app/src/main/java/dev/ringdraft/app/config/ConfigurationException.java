package dev.ringdraft.app.config;

/** Says in one line, fit to be shown as it is, what in the configuration can't be meant. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String line) {
    super(line);
  }

  ConfigurationException(String line, Throwable cause) {
    super(line, cause);
  }
}
