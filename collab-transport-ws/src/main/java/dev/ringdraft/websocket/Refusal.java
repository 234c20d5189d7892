package dev.ringdraft.websocket;

import dev.ringdraft.wire.JsonWriter;
import java.util.Map;

/**
 * Why a handshake fails: an HTTP answer, never a socket that opens and dies.
 *
 * @param code one of the contract's error codes
 * @param detail what an honest caller can mend
 * @param headers to be sent with it
 */
record Refusal(int status, String title, String code, String detail, Map<String, String> headers) {
  static Refusal malformed(String detail) {
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

  static Refusal unavailable(String code, String detail) {
    return new Refusal(503, "Service Unavailable", code, detail, Map.of("Retry-After", "1"));
  }

  /** The body: {@code application/problem+json} (RFC 9457). */
  String problem(String requestId) {
    return new JsonWriter()
        .beginObject()
        .member("type", "about:blank")
        .member("title", title)
        .member("status", status)
        .member("detail", detail)
        .member("code", code)
        .member("request_id", requestId)
        .endObject()
        .toString();
  }
}
