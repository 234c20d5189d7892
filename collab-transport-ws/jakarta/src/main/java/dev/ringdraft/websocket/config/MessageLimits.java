package dev.ringdraft.websocket.config;

import static dev.ringdraft.settings.Setting.positive;

/**
 * What a client may say on its socket.
 *
 * @param maxBytes largest message, in bytes of payload, inflated
 * @param perSecond how many messages and pings in a second
 */
public record MessageLimits(int maxBytes, int perSecond) {
  public MessageLimits {
    positive("maxBytes", maxBytes);
    positive("perSecond", perSecond);
  }

  /** Messages of 4 KiB, 10 a second. */
  public static MessageLimits defaults() {
    return new MessageLimits(4 << 10, 10);
  }
}
