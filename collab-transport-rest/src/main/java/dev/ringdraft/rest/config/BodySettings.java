package dev.ringdraft.rest.config;

import static dev.ringdraft.settings.Setting.positive;

import java.time.Duration;

/**
 * How large and how slow the body of a request may be.
 *
 * @param maxBytes largest body, in bytes
 * @param deadline how long a body may take to arrive after the request was handed on, however
 *     steadily it trickles
 */
public record BodySettings(int maxBytes, Duration deadline) {
  public BodySettings {
    positive("maxBytes", maxBytes);
    positive("deadline", deadline);
  }

  /** 64 KiB within 10 s. */
  public static BodySettings defaults() {
    return new BodySettings(64 * 1024, Duration.ofSeconds(10));
  }
}
