package dev.ringdraft.access;

import dev.ringdraft.wire.WireName;

/** What can be wrong: each with the stable code, the HTTP status and the title it always has. */
public enum ProblemCode {
  VALIDATION_ERROR(400, "The request is not valid"),
  MALFORMED_JSON(400, "The body is not well-formed JSON"),
  UNAUTHENTICATED(401, "Who is asking is not known"),
  FORBIDDEN(403, "Not allowed"),
  RING_REQUIRED(403, "Only the holder of the ring may do this"),
  ORIGIN_NOT_ALLOWED(403, "The origin is not allowed"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No acceptable representation"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  RING_MOVED(409, "The ring has been passed since"),
  DRAFT_NOT_ACTIVE(409, "The draft is not active"),
  ALREADY_MEMBER(409, "Already a member"),
  NOT_A_MEMBER(409, "The recipient is no member"),
  RECIPIENT_CANNOT_WRITE(409, "The recipient may only read"),
  ALREADY_HOLDER(409, "The recipient holds the ring already"),
  ALREADY_REQUESTED(409, "The request waits already"),
  NOBODY_ELIGIBLE(409, "Nobody is eligible"),
  CREATOR_STAYS(409, "The creator stays a member"),
  DRAFT_FULL(409, "The draft is full"),
  CONTENDED(409, "Others were quicker"),
  REVISION_MOVED(412, "The draft has moved on"),
  CONTENT_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
  UPGRADE_REQUIRED(426, "An upgrade is required"),
  RATE_LIMITED(429, "Too many requests"),
  TOO_MANY_CONNECTIONS(429, "Too many connections"),
  HEADERS_TOO_LARGE(431, "The header fields are too large"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  UNAVAILABLE(503, "Not available at the moment"),
  DRAINING(503, "This server is going away");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable name of this problem on the wire, such as {@code ring_required}. */
  public String code() {
    return WireName.of(this);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** One short sentence, the same for every problem of this kind. */
  public String title() {
    return title;
  }

  /** The problem's type (RFC 9457, section 3.1.1): a name, not an address. */
  public String type() {
    return "urn:ringdraft:problem:" + code();
  }
}
