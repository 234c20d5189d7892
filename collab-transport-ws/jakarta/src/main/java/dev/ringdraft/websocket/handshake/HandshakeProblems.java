package dev.ringdraft.websocket.handshake;

import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Limit;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import java.time.Duration;

/** Why a handshake fails: an HTTP response, never a socket that opens and closes. */
public final class HandshakeProblems {
  /** Sockets end at any time, so a caller over the limit need not wait long. */
  private static final Duration UNTIL_A_CONNECTION_ENDS = Duration.ofSeconds(10);

  private static final Duration SOON = Duration.ofSeconds(1);

  private HandshakeProblems() {}

  /** The request is an upgrade request, but not a valid one. */
  public static Problem malformed(String detail) {
    return Problem.of(ProblemCode.VALIDATION_ERROR, detail);
  }

  static Problem unauthenticated(Refused refused) {
    return Problem.unauthenticated(refused, "Bearer");
  }

  static Problem originNotAllowed() {
    String detail = "pages of this origin may not connect";
    return Problem.of(ProblemCode.ORIGIN_NOT_ALLOWED, detail)
        .withReason(detail + "; see cors.origins");
  }

  static Problem notFound() {
    return Problem.of(ProblemCode.NOT_FOUND, "there is no such draft, or you are no member");
  }

  static Problem methodNotAllowed() {
    return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "a WebSocket is opened by GET")
        .withHeader("Allow", "GET");
  }

  static Problem upgradeRequired() {
    return Problem.of(
            ProblemCode.UPGRADE_REQUIRED,
            "this is a WebSocket of version 13: send Connection: Upgrade and Upgrade: websocket")
        .withHeader("Upgrade", "websocket")
        .withHeader("Sec-WebSocket-Version", "13");
  }

  static Problem tooManyConnections(ConnectionLimiter.LimitReached full) {
    return Problem.of(
            ProblemCode.TOO_MANY_CONNECTIONS,
            "%s has %d sockets open, and may have no more; close one"
                .formatted(full.what(), full.most()))
        .limitedBy(full.limit(), full.most())
        .retryAfter(UNTIL_A_CONNECTION_ENDS);
  }

  /**
   * @param wait until a handshake is allowed again
   */
  static Problem tooFast(int limit, Duration wait) {
    return Problem.rateLimited(
        Limit.HANDSHAKES,
        "this address began more than %d handshakes in a second".formatted(limit),
        limit,
        wait);
  }

  static Problem fault() {
    return Problem.of(ProblemCode.INTERNAL_ERROR, "the log knows more under the request_id");
  }

  static Problem undecided(String detail) {
    return Problem.undecided(detail, SOON);
  }

  static Problem storeUnavailable() {
    return Problem.undecided("the store can't be reached just now", SOON);
  }

  static Problem draining() {
    return Problem.of(ProblemCode.DRAINING, "this server is going away; another will answer")
        .retryAfter(SOON);
  }
}
