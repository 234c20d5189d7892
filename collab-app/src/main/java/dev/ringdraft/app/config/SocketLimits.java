package dev.ringdraft.app.config;

import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.config.MessageLimits;
import java.time.Duration;

/**
 * Limits of WebSockets.
 *
 * @param connections how many may be open, and how fast they may be asked for
 * @param messages what a client may say: 256 B to 64 KiB, 1 to 10,000 a second
 * @param drain in what time a server that stops closes them, 0 to 10 s
 */
public record SocketLimits(ConnectionLimits connections, MessageLimits messages, Duration drain) {
  /** The transport's defaults, and 5 s to stop. */
  public static SocketLimits defaults() {
    return new SocketLimits(
        ConnectionLimits.defaults(), MessageLimits.defaults(), Duration.ofSeconds(5));
  }

  static SocketLimits read(GivenValues values) {
    return new SocketLimits(
        new ConnectionLimits(
            values.number(Key.LIMIT_CONNECTIONS, 1, 1_000_000),
            values.number(Key.LIMIT_CONNECTIONS_PER_DRAFT, 1, 1_000_000),
            values.number(Key.LIMIT_CONNECTIONS_PER_USER, 1, 1_000_000),
            values.number(Key.LIMIT_HANDSHAKES, 1, 1_000_000)),
        new MessageLimits(
            values.number(Key.LIMIT_MESSAGE, 256, 64 * 1024),
            values.number(Key.LIMIT_MESSAGES, 1, 10_000)),
        Duration.ofSeconds(values.number(Key.LIMIT_DRAIN, 0, 10)));
  }
}
