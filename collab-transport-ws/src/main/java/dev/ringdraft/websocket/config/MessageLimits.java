package dev.ringdraft.websocket.config;

/**
 * What a client may say on its socket.
 *
 * @param maxBytes largest message, in bytes of payload, inflated
 * @param perSecond how many messages and pings in a second
 */
public record MessageLimits(int maxBytes, int perSecond) {
  public MessageLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes: %d (expected: 1 or more)".formatted(maxBytes));
    }
    if (perSecond < 1) {
      throw new IllegalArgumentException(
          "perSecond: %d (expected: 1 or more)".formatted(perSecond));
    }
  }

  /** Messages of 4 KiB, 10 a second. */
  public static MessageLimits defaults() {
    return new MessageLimits(4 << 10, 10);
  }
}
