package dev.ringdraft.rest.config;

import dev.ringdraft.draft.DraftLimits;
import java.time.Duration;

/**
 * How much the REST resources take and give.
 *
 * @param limits of a draft, as the commands enforce them; shown to the page by {@code GET /session}
 * @param developmentAuth whether development authentication is on; shown likewise
 * @param maxBodyBytes largest request body, in bytes
 * @param bodyDeadline how long a request's body may take to arrive after the request was handed on,
 *     however steadily it trickles
 * @param commandDeadline how long a command may take from its arrival, wherever it waits
 * @param draftsPageLength drafts of a page when the caller doesn't say
 * @param maxDraftsPageLength most drafts of a page, whatever the caller says
 * @param maxEventsPageLength most events of a page, and as many when the caller doesn't say
 * @param retryAfter when to come back while the store can't be reached; whole seconds
 * @param waits how requests for events wait
 * @param rates how quickly a caller may send requests
 */
public record RestSettings(
    DraftLimits limits,
    boolean developmentAuth,
    int maxBodyBytes,
    Duration bodyDeadline,
    Duration commandDeadline,
    int draftsPageLength,
    int maxDraftsPageLength,
    int maxEventsPageLength,
    Duration retryAfter,
    WaitSettings waits,
    RateSettings rates) {
  public RestSettings {
    positive("maxBodyBytes", maxBodyBytes);
    positive("bodyDeadline in ms", bodyDeadline.toMillis());
    positive("commandDeadline in ms", commandDeadline.toMillis());
    positive("draftsPageLength", draftsPageLength);
    positive("maxDraftsPageLength", maxDraftsPageLength);
    positive("maxEventsPageLength", maxEventsPageLength);
    positive("retryAfter in s", retryAfter.toSeconds());
  }

  /**
   * The limits of the wire contract: bodies of 64 KiB within 10 s, commands within 5 s, pages of 50
   * and at most 100 drafts, of 500 events, 2 s until a retry; development authentication off.
   */
  public static RestSettings defaults() {
    return new RestSettings(
        DraftLimits.defaults(),
        false,
        64 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        50,
        100,
        500,
        Duration.ofSeconds(2),
        WaitSettings.defaults(),
        RateSettings.defaults());
  }

  /** As this, but with other waits. */
  public RestSettings with(WaitSettings others) {
    return new RestSettings(
        limits,
        developmentAuth,
        maxBodyBytes,
        bodyDeadline,
        commandDeadline,
        draftsPageLength,
        maxDraftsPageLength,
        maxEventsPageLength,
        retryAfter,
        others,
        rates);
  }

  /** As this, but with other rates. */
  public RestSettings with(RateSettings others) {
    return new RestSettings(
        limits,
        developmentAuth,
        maxBodyBytes,
        bodyDeadline,
        commandDeadline,
        draftsPageLength,
        maxDraftsPageLength,
        maxEventsPageLength,
        retryAfter,
        waits,
        others);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }
}
