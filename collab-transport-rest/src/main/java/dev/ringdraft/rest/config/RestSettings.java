package dev.ringdraft.rest.config;

import static dev.ringdraft.settings.Setting.positive;

import dev.ringdraft.draft.DraftLimits;
import java.time.Duration;

/** How much the REST resources take and give. Immutable; changed by {@link #toBuilder}. */
public final class RestSettings {
  private final DraftLimits limits;
  private final boolean developmentAuth;
  private final BodySettings body;
  private final Duration commandDeadline;
  private final PageSettings pages;
  private final Duration retryAfter;
  private final WaitSettings waits;
  private final RateSettings rates;

  private RestSettings(Builder from) {
    limits = from.limits;
    developmentAuth = from.developmentAuth;
    body = from.body;
    commandDeadline = positive("commandDeadline", from.commandDeadline);
    pages = from.pages;
    retryAfter = wholeSeconds(from.retryAfter);
    waits = from.waits;
    rates = from.rates;
  }

  private static Duration wholeSeconds(Duration retryAfter) {
    positive("retryAfter in s", retryAfter.toSeconds());
    return retryAfter;
  }

  /** The defaults, which each method of the builder names. */
  public static RestSettings defaults() {
    return new Builder().build();
  }

  /** A builder with these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.limits = limits;
    builder.developmentAuth = developmentAuth;
    builder.body = body;
    builder.commandDeadline = commandDeadline;
    builder.pages = pages;
    builder.retryAfter = retryAfter;
    builder.waits = waits;
    builder.rates = rates;
    return builder;
  }

  /** Limits of a draft, as the commands enforce them; shown by {@code GET /session}. */
  public DraftLimits limits() {
    return limits;
  }

  /** Whether development authentication is on; shown by {@code GET /session}. */
  public boolean developmentAuth() {
    return developmentAuth;
  }

  /** How large and how slow a request body may be. */
  public BodySettings body() {
    return body;
  }

  /** How long a command may take from its arrival, wherever it waits. */
  public Duration commandDeadline() {
    return commandDeadline;
  }

  /** How long the pages of lists are. */
  public PageSettings pages() {
    return pages;
  }

  /** When to come back while the store can't be reached; whole seconds. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** How requests for events wait. */
  public WaitSettings waits() {
    return waits;
  }

  /** How quickly a caller may send requests. */
  public RateSettings rates() {
    return rates;
  }

  /** Builds settings; for one thread. */
  public static final class Builder {
    private DraftLimits limits = DraftLimits.defaults();
    private boolean developmentAuth = false;
    private BodySettings body = BodySettings.defaults();
    private Duration commandDeadline = Duration.ofSeconds(5);
    private PageSettings pages = PageSettings.defaults();
    private Duration retryAfter = Duration.ofSeconds(2);
    private WaitSettings waits = WaitSettings.defaults();
    private RateSettings rates = RateSettings.defaults();

    private Builder() {}

    /**
     * Limits of a draft, as the commands enforce them; shown by {@code GET /session}; {@link
     * DraftLimits#defaults} by default.
     */
    public Builder limits(DraftLimits value) {
      limits = value;
      return this;
    }

    /**
     * Whether development authentication is on; shown by {@code GET /session}; false by default.
     */
    public Builder developmentAuth(boolean value) {
      developmentAuth = value;
      return this;
    }

    /** How large and how slow a request body may be; {@link BodySettings#defaults} by default. */
    public Builder body(BodySettings value) {
      body = value;
      return this;
    }

    /** How long a command may take from its arrival, wherever it waits; 5 s by default. */
    public Builder commandDeadline(Duration value) {
      commandDeadline = value;
      return this;
    }

    /** How long the pages of lists are; {@link PageSettings#defaults} by default. */
    public Builder pages(PageSettings value) {
      pages = value;
      return this;
    }

    /** When to come back while the store can't be reached; whole seconds; 2 s by default. */
    public Builder retryAfter(Duration value) {
      retryAfter = value;
      return this;
    }

    /** How requests for events wait; {@link WaitSettings#defaults} by default. */
    public Builder waits(WaitSettings value) {
      waits = value;
      return this;
    }

    /** How quickly a caller may send requests; {@link RateSettings#defaults} by default. */
    public Builder rates(RateSettings value) {
      rates = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException for a limit below 1 or a negative time
     */
    public RestSettings build() {
      return new RestSettings(this);
    }
  }
}
