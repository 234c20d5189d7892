package dev.ringdraft.app.config;

import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.config.MessageLimits;
import java.time.Duration;

/**
 * How much a caller may ask of the server.
 *
 * @param draft how large a draft may grow
 * @param maxBodyBytes largest request body, 1 KiB to 16 MiB
 * @param maxHeaderBytes request line and headers together, 4 KiB to 64 KiB
 * @param networkConnections how many network connections there may be, 10 and more, and how long
 *     the head of a request may take, 1 to 60 s
 * @param connections how many WebSockets may be open, and how fast they may be asked for
 * @param messages what a client may say on its WebSocket: 256 B to 64 KiB, 1 to 10,000 a second
 * @param drain in what time a server that stops closes its WebSockets, 0 to 10 s
 * @param commandDeadline how long a command may take from its arrival, 1 to 60 s
 * @param requestsPerSecond of one user, or of one address of unknown callers
 * @param requestsBurst requests of the same at once
 * @param waitingRequestsPerUser requests that wait for events, or stream them
 */
public record LimitSettings(
    DraftLimits draft,
    int maxBodyBytes,
    int maxHeaderBytes,
    NetworkConnectionLimits networkConnections,
    ConnectionLimits connections,
    MessageLimits messages,
    Duration drain,
    Duration commandDeadline,
    int requestsPerSecond,
    int requestsBurst,
    int waitingRequestsPerUser) {
  /**
   * The domain's and the transport's defaults, bodies of 64 KiB, headers of 16 KiB within 10 s,
   * 25,000 connections, 5 s to stop, 5 s for a command, 50 requests a second and 100 at once, 10
   * waits.
   */
  public static LimitSettings defaults() {
    return new LimitSettings(
        DraftLimits.defaults(),
        64 * 1024,
        16 * 1024,
        NetworkConnectionLimits.defaults(),
        ConnectionLimits.defaults(),
        MessageLimits.defaults(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        50,
        100,
        10);
  }

  static LimitSettings read(GivenValues values) {
    return new LimitSettings(
        new DraftLimits(
            values.number(Key.LIMIT_TITLE, 1, 10_000),
            values.number(Key.LIMIT_CONTENT, 1, 1_000_000),
            values.number(Key.LIMIT_COLLABORATORS, 1, 10_000),
            values.number(Key.LIMIT_SEGMENTS, 1, 1_000_000)),
        values.number(Key.LIMIT_BODY, 1024, 16 * 1024 * 1024),
        values.number(Key.LIMIT_HEADER, 4 * 1024, 64 * 1024),
        new NetworkConnectionLimits(
            values.number(Key.LIMIT_NETWORK_CONNECTIONS, 10, 1_000_000),
            Duration.ofSeconds(values.number(Key.LIMIT_REQUEST_READ_TIMEOUT, 1, 60))),
        new ConnectionLimits(
            values.number(Key.LIMIT_CONNECTIONS, 1, 1_000_000),
            values.number(Key.LIMIT_CONNECTIONS_PER_DRAFT, 1, 1_000_000),
            values.number(Key.LIMIT_CONNECTIONS_PER_USER, 1, 1_000_000),
            values.number(Key.LIMIT_HANDSHAKES, 1, 1_000_000)),
        new MessageLimits(
            values.number(Key.LIMIT_MESSAGE, 256, 64 * 1024),
            values.number(Key.LIMIT_MESSAGES, 1, 10_000)),
        Duration.ofSeconds(values.number(Key.LIMIT_DRAIN, 0, 10)),
        Duration.ofSeconds(values.number(Key.LIMIT_COMMAND_DEADLINE, 1, 60)),
        values.number(Key.LIMIT_REQUESTS, 1, 1_000_000),
        values.number(Key.LIMIT_REQUESTS_BURST, 1, 1_000_000),
        values.number(Key.LIMIT_WAITING_REQUESTS, 1, 1_000_000));
  }
}
