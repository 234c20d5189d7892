package dev.ringdraft.bench.check;

import org.jspecify.annotations.Nullable;

/** The reason why a bench could not run, or not to its end, in one line for the caller. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
