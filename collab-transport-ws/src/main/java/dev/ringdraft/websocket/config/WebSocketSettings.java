package dev.ringdraft.websocket.config;

import java.time.Duration;
import java.util.Set;

/**
 * How the WebSocket transport works.
 *
 * @param origins those that may connect beside the server's own, such as {@code
 *     https://app.example}
 * @param limits how many sockets may be open, and how fast they may be asked for
 * @param messages what a client may say
 * @param sendBufferBytes the kernel's send buffer of a connection, which takes up to twice as much
 *     memory; what it holds can't be seen here
 * @param maxControlBytes most bytes that may wait for a client that provokes answers and reads none
 * @param pingEvery how often the server pings
 * @param silentAfter how long nothing need be heard of a client
 * @param closeWithin how long a client has to answer a close
 * @param tokenLeeway how long a token is believed after its end
 * @param expiryNotice how long before its end a client is reminded to renew its token
 */
public record WebSocketSettings(
    Set<String> origins,
    ConnectionLimits limits,
    MessageLimits messages,
    int sendBufferBytes,
    int maxControlBytes,
    Duration pingEvery,
    Duration silentAfter,
    Duration closeWithin,
    Duration tokenLeeway,
    Duration expiryNotice) {
  public WebSocketSettings {
    origins = Set.copyOf(origins);
  }

  /**
   * No other origins, the default limits, a send buffer of 24 KiB, 64 KiB of answers, pings every
   * 30 s, silence of 75 s, closed within 2 s, a leeway of 5 s, notice of 15 s.
   */
  public static WebSocketSettings defaults() {
    return new WebSocketSettings(
        Set.of(),
        ConnectionLimits.defaults(),
        MessageLimits.defaults(),
        24 << 10,
        64 << 10,
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15));
  }

  /** These settings with other origins. */
  public WebSocketSettings withOrigins(Set<String> others) {
    return with(others, limits, messages);
  }

  /** These settings with other limits. */
  public WebSocketSettings withLimits(ConnectionLimits others) {
    return with(origins, others, messages);
  }

  /** These settings with other limits of what a client may say. */
  public WebSocketSettings withMessages(MessageLimits others) {
    return with(origins, limits, others);
  }

  private WebSocketSettings with(
      Set<String> otherOrigins, ConnectionLimits otherLimits, MessageLimits otherMessages) {
    return new WebSocketSettings(
        otherOrigins,
        otherLimits,
        otherMessages,
        sendBufferBytes,
        maxControlBytes,
        pingEvery,
        silentAfter,
        closeWithin,
        tokenLeeway,
        expiryNotice);
  }
}
