package dev.ringdraft.websocket.handshake;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.websocket.config.ConnectionLimits;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many get in, and how fast; and, once the server drains, that nobody does. */
public final class HandshakeLimiter {
  private final ConnectionLimits limits;
  private final HandshakeRateLimiter pace;
  private final ConnectionLimiter places;
  private volatile boolean draining;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public HandshakeLimiter(ConnectionLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.pace = new HandshakeRateLimiter(limits.handshakesPerSecond(), nanoClock);
    this.places = new ConnectionLimiter(limits);
  }

  /**
   * A handshake begins.
   *
   * @return why it may not go on, or null
   */
  @Nullable Refusal knock(InetAddress from) {
    if (draining) {
      return Refusal.unavailable("draining", "this server is going away; another will answer");
    }
    Duration wait = pace.begin(from);
    if (!wait.isZero()) {
      return Refusal.tooFast(limits.handshakesPerSecond(), wait);
    }
    return null;
  }

  /** Somebody who may see a draft asks for a place at it. */
  ConnectionLimiter.Answer enter(DraftId draft, UserId user) {
    return places.take(draft, user);
  }

  /** Lets nobody in any more. */
  public void shut() {
    draining = true;
  }

  boolean isShut() {
    return draining;
  }

  public ConnectionLimiter places() {
    return places;
  }
}
