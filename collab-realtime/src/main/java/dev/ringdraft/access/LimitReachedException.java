package dev.ringdraft.access;

import java.time.Duration;

/** A command would be one too many. Nothing was written; it may be sent again later. */
public final class LimitReachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Limit limit;
  private final long most;
  private final Duration retryAfter;

  /**
   * @param detail one sentence for the caller
   * @param most of the limit
   * @param retryAfter until the next is allowed
   */
  LimitReachedException(Limit limit, String detail, long most, Duration retryAfter) {
    super(detail, null, false, false);
    this.limit = limit;
    this.most = most;
    this.retryAfter = retryAfter;
  }

  /** The problem of a caller over this limit. */
  public Problem problem() {
    return Problem.rateLimited(limit, String.valueOf(getMessage()), most, retryAfter);
  }
}
