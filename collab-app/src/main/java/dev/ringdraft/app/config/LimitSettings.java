package dev.ringdraft.app.config;

import dev.ringdraft.draft.DraftLimits;

/**
 * How much a caller may ask of the server.
 *
 * @param draft how large a draft may grow
 * @param maxBodyBytes largest request body, 1 KiB to 16 MiB
 * @param maxHeaderBytes request line and headers together, 4 KiB to 64 KiB
 */
public record LimitSettings(DraftLimits draft, int maxBodyBytes, int maxHeaderBytes) {
  /** The domain's defaults, bodies of 64 KiB, headers of 16 KiB. */
  public static LimitSettings defaults() {
    return new LimitSettings(DraftLimits.defaults(), 64 * 1024, 16 * 1024);
  }

  static LimitSettings read(GivenValues values) {
    return new LimitSettings(
        new DraftLimits(
            values.number(Key.LIMIT_TITLE, 1, 10_000),
            values.number(Key.LIMIT_CONTENT, 1, 1_000_000),
            values.number(Key.LIMIT_COLLABORATORS, 1, 10_000),
            values.number(Key.LIMIT_SEGMENTS, 1, 1_000_000)),
        values.number(Key.LIMIT_BODY, 1024, 16 * 1024 * 1024),
        values.number(Key.LIMIT_HEADER, 4 * 1024, 64 * 1024));
  }
}
