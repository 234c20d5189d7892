package dev.ringdraft.app.config;

import dev.ringdraft.draft.DraftLimits;

/**
 * How much a caller may ask of the server.
 *
 * @param draft how large a draft may grow
 * @param rates how fast a draft may change
 */
public record LimitSettings(
    DraftLimits draft,
    DraftRates rates,
    HttpLimits http,
    SocketLimits sockets,
    RequestLimits requests) {
  /** The defaults of each. */
  public static LimitSettings defaults() {
    return new LimitSettings(
        DraftLimits.defaults(),
        DraftRates.defaults(),
        HttpLimits.defaults(),
        SocketLimits.defaults(),
        RequestLimits.defaults());
  }

  static LimitSettings read(GivenValues values) {
    return new LimitSettings(
        new DraftLimits(
            values.number(Key.LIMIT_TITLE, 1, 10_000),
            values.number(Key.LIMIT_CONTENT, 1, 1_000_000),
            values.number(Key.LIMIT_COLLABORATORS, 1, 10_000),
            values.number(Key.LIMIT_SEGMENTS, 1, 1_000_000)),
        DraftRates.read(values),
        HttpLimits.read(values),
        SocketLimits.read(values),
        RequestLimits.read(values));
  }
}
