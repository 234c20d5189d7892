package dev.ringdraft.websocket.config;

import static dev.ringdraft.settings.Setting.positive;

/**
 * How many sockets may be open, and how fast they may be asked for.
 *
 * @param perServer most sockets of this server, 1 or more
 * @param perDraft most sockets of one draft on this server, 1 or more
 * @param perUser most sockets of one user on this server, 1 or more
 * @param handshakesPerSecond how many handshakes an address may begin in a second, and at once,
 *     whatever becomes of them: 1 to 1,000,000
 */
public record ConnectionLimits(int perServer, int perDraft, int perUser, int handshakesPerSecond) {
  private static final int FASTEST = 1_000_000;

  public ConnectionLimits {
    positive("perServer", perServer);
    positive("perDraft", perDraft);
    positive("perUser", perUser);
    positive("handshakesPerSecond", handshakesPerSecond);
    if (handshakesPerSecond > FASTEST) {
      throw new IllegalArgumentException(
          "handshakesPerSecond: %d (expected: 1..%d)".formatted(handshakesPerSecond, FASTEST));
    }
  }

  /** 20,000 of the server, 500 of a draft, 10 of a user, 50 handshakes a second. */
  public static ConnectionLimits defaults() {
    return new ConnectionLimits(20_000, 500, 10, 50);
  }
}
