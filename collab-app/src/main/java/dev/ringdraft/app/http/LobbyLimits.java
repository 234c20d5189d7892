package dev.ringdraft.app.http;

import java.time.Duration;

/**
 * How long a listener is patient with those who have not asked for anything yet.
 *
 * @param maxConnections most network connections, those of WebSockets included; 1 or more
 * @param headWithin how long a request's head may take to arrive from its first byte on, and what
 *     is left of a body that nobody waits for any more
 */
public record LobbyLimits(int maxConnections, Duration headWithin) {
  public LobbyLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "maxConnections: %d (expected: 1 or more)".formatted(maxConnections));
    }
    if (!headWithin.isPositive()) {
      throw new IllegalArgumentException(
          "headWithin: %s (expected: more than nothing)".formatted(headWithin));
    }
  }

  /** 25,000 connections, 10 s. */
  public static LobbyLimits defaults() {
    return new LobbyLimits(25_000, Duration.ofSeconds(10));
  }

  /** As this, but with no more connections than that. */
  public LobbyLimits atMost(int connections) {
    return new LobbyLimits(Math.min(maxConnections, connections), headWithin);
  }
}
