package dev.ringdraft.app.config;

import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import java.time.Duration;

/**
 * Limits of the listener.
 *
 * @param maxBodyBytes largest request body, 1 KiB to 16 MiB
 * @param maxHeaderBytes request line and headers together, 4 KiB to 64 KiB
 * @param networkConnections how many network connections there may be, 10 and more, and how long
 *     the head of a request may take, 1 to 60 s
 */
public record HttpLimits(
    int maxBodyBytes, int maxHeaderBytes, NetworkConnectionLimits networkConnections) {
  /** Bodies of 64 KiB, headers of 16 KiB within 10 s, 25,000 connections. */
  public static HttpLimits defaults() {
    return new HttpLimits(64 * 1024, 16 * 1024, NetworkConnectionLimits.defaults());
  }

  static HttpLimits read(GivenValues values) {
    return new HttpLimits(
        values.number(Key.LIMIT_BODY, 1024, 16 * 1024 * 1024),
        values.number(Key.LIMIT_HEADER, 4 * 1024, 64 * 1024),
        new NetworkConnectionLimits(
            values.number(Key.LIMIT_NETWORK_CONNECTIONS, 10, 1_000_000),
            Duration.ofSeconds(values.number(Key.LIMIT_REQUEST_READ_TIMEOUT, 1, 60))));
  }
}
