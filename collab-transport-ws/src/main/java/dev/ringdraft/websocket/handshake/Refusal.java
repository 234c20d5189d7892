package dev.ringdraft.websocket.handshake;

import dev.ringdraft.wire.JsonWriter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a handshake fails: an HTTP answer, never a socket that opens and dies.
 *
 * @param code one of the contract's error codes
 * @param detail what an honest caller can mend
 * @param headers to be sent with it
 * @param limit that was reached; null when it is none
 */
public record Refusal(
    int status,
    String title,
    String code,
    String detail,
    Map<String, String> headers,
    @Nullable Integer limit) {
  private static final Duration UNTIL_A_PLACE_IS_FREE = Duration.ofSeconds(10);

  private Refusal(
      int status, String title, String code, String detail, Map<String, String> headers) {
    this(status, title, code, detail, headers, null);
  }

  public static Refusal malformed(String detail) {
    return new Refusal(400, "Bad Request", "validation_error", detail, Map.of());
  }

  static Refusal unauthenticated(String detail) {
    return new Refusal(
        401, "Unauthorized", "unauthenticated", detail, Map.of("WWW-Authenticate", "Bearer"));
  }

  static Refusal originNotAllowed() {
    return new Refusal(
        403,
        "Forbidden",
        "origin_not_allowed",
        "pages of this origin may not connect; see cors.origins",
        Map.of());
  }

  static Refusal notFound() {
    return new Refusal(
        404, "Not Found", "not_found", "there is no such draft, or you are no member", Map.of());
  }

  static Refusal methodNotAllowed() {
    return new Refusal(
        405,
        "Method Not Allowed",
        "method_not_allowed",
        "a WebSocket is opened by GET",
        Map.of("Allow", "GET"));
  }

  static Refusal upgradeRequired() {
    return new Refusal(
        426,
        "Upgrade Required",
        "upgrade_required",
        "this is a WebSocket of version 13: send Connection: Upgrade and Upgrade: websocket",
        Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
  }

  static Refusal tooManyConnections(String what, int limit) {
    return tooMany(
        "too_many_connections",
        "%s has %d sockets open, and may have no more; close one".formatted(what, limit),
        UNTIL_A_PLACE_IS_FREE,
        limit);
  }

  /**
   * @param wait until a handshake may begin again
   */
  static Refusal tooFast(int limit, Duration wait) {
    return tooMany(
        "rate_limited",
        "this address began more than %d handshakes in a second".formatted(limit),
        wait,
        limit);
  }

  private static Refusal tooMany(String code, String detail, Duration wait, int limit) {
    long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    return new Refusal(
        429,
        "Too Many Requests",
        code,
        detail,
        Map.of("Retry-After", Long.toString(seconds)),
        limit);
  }

  static Refusal fault() {
    return new Refusal(
        500,
        "Internal Server Error",
        "internal_error",
        "the server failed; its log has more",
        Map.of());
  }

  static Refusal unavailable(String code, String detail) {
    return new Refusal(503, "Service Unavailable", code, detail, Map.of("Retry-After", "1"));
  }

  /** The body: {@code application/problem+json} (RFC 9457). */
  public String problem(String requestId) {
    JsonWriter problem =
        new JsonWriter()
            .beginObject()
            .member("type", "urn:ringdraft:problem:" + code)
            .member("title", title)
            .member("status", status)
            .member("detail", detail)
            .member("code", code)
            .member("request_id", requestId);
    if (limit != null) {
      problem.member("limit", limit.longValue());
    }
    return problem.endObject().toString();
  }
}
