package dev.ringdraft.app.http.limits;

import java.time.Duration;

/**
 * How many connections a listener has, and how patient it is with what comes or goes slowly.
 *
 * @param maxConnections most network connections, those of WebSockets included; 1 or more
 * @param arrivesWithin how long a request's head may take to arrive from its first byte on, then
 *     its body, and what is left of a body that nobody waits for any more
 * @param maxHeldBytes memory that bodies on their way may take, and as much again for answers that
 *     are not taken; 1 or more
 */
public record NetworkConnectionLimits(
    int maxConnections, Duration arrivesWithin, long maxHeldBytes) {
  private static final int MEMORY_PART = 16;

  public NetworkConnectionLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "maxConnections: %d (expected: 1 or more)".formatted(maxConnections));
    }
    if (!arrivesWithin.isPositive()) {
      throw new IllegalArgumentException(
          "arrivesWithin: %s (expected: more than nothing)".formatted(arrivesWithin));
    }
    if (maxHeldBytes < 1) {
      throw new IllegalArgumentException(
          "maxHeldBytes: %d (expected: 1 or more)".formatted(maxHeldBytes));
    }
  }

  /** As the other, with a sixteenth of the memory that there is. */
  public NetworkConnectionLimits(int maxConnections, Duration arrivesWithin) {
    this(maxConnections, arrivesWithin, Runtime.getRuntime().maxMemory() / MEMORY_PART);
  }

  /** 25,000 connections, 10 s. */
  public static NetworkConnectionLimits defaults() {
    return new NetworkConnectionLimits(25_000, Duration.ofSeconds(10));
  }

  /** As this, but with no more connections than that. */
  public NetworkConnectionLimits atMost(int connections) {
    return new NetworkConnectionLimits(
        Math.min(maxConnections, connections), arrivesWithin, maxHeldBytes);
  }
}
