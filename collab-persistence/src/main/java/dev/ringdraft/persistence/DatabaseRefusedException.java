package dev.ringdraft.persistence;

/**
 * The database can't be used: it does not answer, does not let us in, or can't be brought to our
 * schema. The message is one line for the person at the console, without secrets.
 */
public final class DatabaseRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseRefusedException(DatabaseSettings settings, Throwable cause) {
    super("the database at %s refuses: %s".formatted(settings.address(), firstLine(cause)), cause);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).strip().lines().findFirst().orElse("no reason given");
  }
}
