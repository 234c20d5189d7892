package dev.ringdraft.app.config;

import java.time.Duration;

/**
 * Limits of REST requests.
 *
 * @param commandDeadline how long a command may take from its arrival, 1 to 60 s
 * @param perSecond of one user, or of one address of unknown callers
 * @param burst of the same at once
 * @param waitingPerUser requests that wait for events, or stream them
 */
public record RequestLimits(
    Duration commandDeadline, int perSecond, int burst, int waitingPerUser) {
  /** 5 s for a command, 50 requests a second and 100 at once, 10 that wait. */
  public static RequestLimits defaults() {
    return new RequestLimits(Duration.ofSeconds(5), 50, 100, 10);
  }

  static RequestLimits read(GivenValues values) {
    return new RequestLimits(
        Duration.ofSeconds(values.number(Key.LIMIT_COMMAND_DEADLINE, 1, 60)),
        values.number(Key.LIMIT_REQUESTS, 1, 1_000_000),
        values.number(Key.LIMIT_REQUESTS_BURST, 1, 1_000_000),
        values.number(Key.LIMIT_WAITING_REQUESTS, 1, 1_000_000));
  }
}
