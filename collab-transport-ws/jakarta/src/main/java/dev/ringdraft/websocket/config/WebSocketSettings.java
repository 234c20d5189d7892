package dev.ringdraft.websocket.config;

import static dev.ringdraft.settings.Setting.notNegative;
import static dev.ringdraft.settings.Setting.positive;

import java.time.Duration;
import java.util.Set;

/** How the WebSocket transport works. Immutable; changed by {@link #toBuilder}. */
public final class WebSocketSettings {
  private final Set<String> origins;
  private final ConnectionLimits limits;
  private final MessageLimits messages;
  private final int sendBufferBytes;
  private final int maxControlBytes;
  private final Duration pingEvery;
  private final Duration silentAfter;
  private final Duration closeWithin;
  private final Duration tokenLeeway;
  private final Duration expiryNotice;

  private WebSocketSettings(Builder from) {
    origins = Set.copyOf(from.origins);
    limits = from.limits;
    messages = from.messages;
    sendBufferBytes = positive("sendBufferBytes", from.sendBufferBytes);
    maxControlBytes = positive("maxControlBytes", from.maxControlBytes);
    pingEvery = positive("pingEvery", from.pingEvery);
    silentAfter = positive("silentAfter", from.silentAfter);
    closeWithin = positive("closeWithin", from.closeWithin);
    tokenLeeway = notNegative("tokenLeeway", from.tokenLeeway);
    expiryNotice = notNegative("expiryNotice", from.expiryNotice);
  }

  /** The defaults, which each method of the builder names. */
  public static WebSocketSettings defaults() {
    return new Builder().build();
  }

  /** A builder with these settings. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.origins = origins;
    builder.limits = limits;
    builder.messages = messages;
    builder.sendBufferBytes = sendBufferBytes;
    builder.maxControlBytes = maxControlBytes;
    builder.pingEvery = pingEvery;
    builder.silentAfter = silentAfter;
    builder.closeWithin = closeWithin;
    builder.tokenLeeway = tokenLeeway;
    builder.expiryNotice = expiryNotice;
    return builder;
  }

  /** Origins that may connect beside the server's own, such as {@code https://app.example}. */
  public Set<String> origins() {
    return origins;
  }

  /** How many sockets may be open, and how fast they may be asked for. */
  public ConnectionLimits limits() {
    return limits;
  }

  /** What a client may say. */
  public MessageLimits messages() {
    return messages;
  }

  /** The kernel's send buffer of a connection, which takes up to twice as much memory. */
  public int sendBufferBytes() {
    return sendBufferBytes;
  }

  /** Most bytes that may wait for a client that provokes answers and reads none. */
  public int maxControlBytes() {
    return maxControlBytes;
  }

  /** How often the server pings. */
  public Duration pingEvery() {
    return pingEvery;
  }

  /** How long nothing need be heard of a client. */
  public Duration silentAfter() {
    return silentAfter;
  }

  /** How long a client has to answer a close. */
  public Duration closeWithin() {
    return closeWithin;
  }

  /** How long a token is accepted after its end. */
  public Duration tokenLeeway() {
    return tokenLeeway;
  }

  /** How long before its end a client is reminded to renew its token. */
  public Duration expiryNotice() {
    return expiryNotice;
  }

  /** Builds settings; for one thread. */
  public static final class Builder {
    private Set<String> origins = Set.of();
    private ConnectionLimits limits = ConnectionLimits.defaults();
    private MessageLimits messages = MessageLimits.defaults();
    private int sendBufferBytes = 24 << 10;
    private int maxControlBytes = 64 << 10;
    private Duration pingEvery = Duration.ofSeconds(30);
    private Duration silentAfter = Duration.ofSeconds(75);
    private Duration closeWithin = Duration.ofSeconds(2);
    private Duration tokenLeeway = Duration.ofSeconds(5);
    private Duration expiryNotice = Duration.ofSeconds(15);

    private Builder() {}

    /**
     * Origins that may connect beside the server's own, such as {@code https://app.example}; none
     * by default.
     */
    public Builder origins(Set<String> value) {
      origins = value;
      return this;
    }

    /**
     * How many sockets may be open, and how fast they may be asked for; {@link
     * ConnectionLimits#defaults} by default.
     */
    public Builder limits(ConnectionLimits value) {
      limits = value;
      return this;
    }

    /** What a client may say; {@link MessageLimits#defaults} by default. */
    public Builder messages(MessageLimits value) {
      messages = value;
      return this;
    }

    /**
     * The kernel's send buffer of a connection, which takes up to twice as much memory; 24 KiB by
     * default.
     */
    public Builder sendBufferBytes(int value) {
      sendBufferBytes = value;
      return this;
    }

    /**
     * Most bytes that may wait for a client that provokes answers and reads none; 64 KiB by
     * default.
     */
    public Builder maxControlBytes(int value) {
      maxControlBytes = value;
      return this;
    }

    /** How often the server pings; 30 s by default. */
    public Builder pingEvery(Duration value) {
      pingEvery = value;
      return this;
    }

    /** How long nothing need be heard of a client; 75 s by default. */
    public Builder silentAfter(Duration value) {
      silentAfter = value;
      return this;
    }

    /** How long a client has to answer a close; 2 s by default. */
    public Builder closeWithin(Duration value) {
      closeWithin = value;
      return this;
    }

    /** How long a token is accepted after its end; 5 s by default. */
    public Builder tokenLeeway(Duration value) {
      tokenLeeway = value;
      return this;
    }

    /** How long before its end a client is reminded to renew its token; 15 s by default. */
    public Builder expiryNotice(Duration value) {
      expiryNotice = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException for a limit below 1 or a negative time
     */
    public WebSocketSettings build() {
      return new WebSocketSettings(this);
    }
  }
}
