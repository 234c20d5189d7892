package dev.ringdraft.room;

import static dev.ringdraft.settings.Setting.notNegative;
import static dev.ringdraft.settings.Setting.positive;

import java.time.Duration;

/** How rooms work. Immutable; changed by {@link #toBuilder}. */
public final class RoomSettings {
  private final int windowEvents;
  private final int windowBytes;
  private final int writeBytes;
  private final int pageEvents;
  private final int resumeEvents;
  private final Duration writeTimeout;
  private final long backlogBytes;
  private final int maxListed;
  private final Duration departureGrace;
  private final Duration idleTimeout;
  private final Duration maxCoalesceDelay;
  private final Duration tick;

  private RoomSettings(Builder from) {
    windowEvents = positive("windowEvents", from.windowEvents);
    windowBytes = positive("windowBytes", from.windowBytes);
    writeBytes = positive("writeBytes", from.writeBytes);
    pageEvents = positive("pageEvents", from.pageEvents);
    resumeEvents = positive("resumeEvents", from.resumeEvents);
    writeTimeout = positive("writeTimeout", from.writeTimeout);
    backlogBytes = positive("backlogBytes", from.backlogBytes);
    maxListed = positive("maxListed", from.maxListed);
    departureGrace = notNegative("departureGrace", from.departureGrace);
    idleTimeout = notNegative("idleTimeout", from.idleTimeout);
    maxCoalesceDelay = notNegative("maxCoalesceDelay", from.maxCoalesceDelay);
    tick = positive("tick", from.tick);
  }

  /** The defaults, which each method of the builder names. */
  public static RoomSettings defaults() {
    return new Builder().build();
  }

  /** A builder with these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.windowEvents = windowEvents;
    builder.windowBytes = windowBytes;
    builder.writeBytes = writeBytes;
    builder.pageEvents = pageEvents;
    builder.resumeEvents = resumeEvents;
    builder.writeTimeout = writeTimeout;
    builder.backlogBytes = backlogBytes;
    builder.maxListed = maxListed;
    builder.departureGrace = departureGrace;
    builder.idleTimeout = idleTimeout;
    builder.maxCoalesceDelay = maxCoalesceDelay;
    builder.tick = tick;
    return builder;
  }

  /** Most events that a room keeps encoded. */
  public int windowEvents() {
    return windowEvents;
  }

  /** Most bytes of payloads that a room keeps, its last event aside. */
  public int windowBytes() {
    return windowBytes;
  }

  /** Most bytes of payloads that one write to a subscriber carries, its first event aside. */
  public int writeBytes() {
    return writeBytes;
  }

  /** Most events of one read from the log. */
  public int pageEvents() {
    return pageEvents;
  }

  /** How far behind the head a subscriber may resume; beyond, it needs a snapshot. */
  public int resumeEvents() {
    return resumeEvents;
  }

  /** How long one write to a subscriber may be open. */
  public Duration writeTimeout() {
    return writeTimeout;
  }

  /** Most bytes that may come to wait for a subscriber while one write to it is open. */
  public long backlogBytes() {
    return backlogBytes;
  }

  /** Most users of a draft that presence lists; the others are counted. */
  public int maxListed() {
    return maxListed;
  }

  /** How long a user who left is still listed. */
  public Duration departureGrace() {
    return departureGrace;
  }

  /** How long a room stays open after its last subscriber left. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * Longest pause of a room between two rounds of writes to all subscribers, so that what is
   * committed meanwhile goes out in one write; zero for none.
   */
  public Duration maxCoalesceDelay() {
    return maxCoalesceDelay;
  }

  /**
   * How often presence is published, and slow subscribers and commits of other servers are looked
   * for.
   */
  public Duration tick() {
    return tick;
  }

  /** Builds settings; for one thread. */
  public static final class Builder {
    private int windowEvents = 256;
    private int windowBytes = 256 << 10;
    private int writeBytes = 64 << 10;
    private int pageEvents = 100;
    private int resumeEvents = 1_000;
    private Duration writeTimeout = Duration.ofSeconds(10);
    private long backlogBytes = 1 << 20;
    private int maxListed = 200;
    private Duration departureGrace = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ofSeconds(10);
    private Duration maxCoalesceDelay = Duration.ofMillis(10);
    private Duration tick = Duration.ofSeconds(1);

    private Builder() {}

    /** Most events that a room keeps encoded; 256 by default. */
    public Builder windowEvents(int value) {
      windowEvents = value;
      return this;
    }

    /** Most bytes of payloads that a room keeps, its last event aside; 256 KiB by default. */
    public Builder windowBytes(int value) {
      windowBytes = value;
      return this;
    }

    /**
     * Most bytes of payloads that one write to a subscriber carries, its first event aside; 64 KiB
     * by default.
     */
    public Builder writeBytes(int value) {
      writeBytes = value;
      return this;
    }

    /** Most events of one read from the log; 100 by default. */
    public Builder pageEvents(int value) {
      pageEvents = value;
      return this;
    }

    /**
     * How far behind the head a subscriber may resume; beyond, it needs a snapshot; 1,000 by
     * default.
     */
    public Builder resumeEvents(int value) {
      resumeEvents = value;
      return this;
    }

    /** How long one write to a subscriber may be open; 10 s by default. */
    public Builder writeTimeout(Duration value) {
      writeTimeout = value;
      return this;
    }

    /**
     * Most bytes that may come to wait for a subscriber while one write to it is open; 1 MiB by
     * default.
     */
    public Builder backlogBytes(long value) {
      backlogBytes = value;
      return this;
    }

    /** Most users of a draft that presence lists; the others are counted; 200 by default. */
    public Builder maxListed(int value) {
      maxListed = value;
      return this;
    }

    /** How long a user who left is still listed; 10 s by default. */
    public Builder departureGrace(Duration value) {
      departureGrace = value;
      return this;
    }

    /** How long a room stays open after its last subscriber left; 10 s by default. */
    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    /**
     * Longest pause of a room between two rounds of writes to all subscribers, so that what is
     * committed meanwhile goes out in one write; zero for none; 10 ms by default.
     */
    public Builder maxCoalesceDelay(Duration value) {
      maxCoalesceDelay = value;
      return this;
    }

    /**
     * How often presence is published, and slow subscribers and commits of other servers are looked
     * for; 1 s by default.
     */
    public Builder tick(Duration value) {
      tick = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException for a limit below 1 or a negative time
     */
    public RoomSettings build() {
      return new RoomSettings(this);
    }
  }
}
