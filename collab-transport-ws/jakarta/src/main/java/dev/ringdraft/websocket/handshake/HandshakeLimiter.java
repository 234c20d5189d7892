package dev.ringdraft.websocket.handshake;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RateLimiter;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.websocket.config.ConnectionLimits;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admission control of handshakes: a rate by address, connection limits, and none while draining.
 */
public final class HandshakeLimiter {
  private final ConnectionLimits limits;
  private final RateLimiter rate;
  private final ConnectionLimiter connections;
  private volatile boolean draining;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public HandshakeLimiter(ConnectionLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.rate =
        new RateLimiter(limits.handshakesPerSecond(), limits.handshakesPerSecond(), nanoClock);
    this.connections = new ConnectionLimiter(limits);
  }

  /**
   * Starts a handshake.
   *
   * @param from null for an address that is not known, whose rate is not limited
   * @return why it is refused, or null
   */
  @Nullable Problem tryStart(@Nullable InetAddress from) {
    if (draining) {
      return HandshakeProblems.draining();
    }
    Duration wait = from == null ? Duration.ZERO : rate.count(from);
    if (!wait.isZero()) {
      return HandshakeProblems.tooFast(limits.handshakesPerSecond(), wait);
    }
    return null;
  }

  /** Asks for a connection of a user to a draft that the user may see. */
  ConnectionLimiter.Result acquire(DraftId draft, UserId user) {
    return connections.acquire(draft, user);
  }

  /** Refuses every handshake from now on. */
  public void startDraining() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  public ConnectionLimiter connections() {
    return connections;
  }
}
