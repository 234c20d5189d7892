package dev.ringdraft.access;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something that a server refused, limited or ended. It holds nothing that a caller wrote but the
 * names below: no text, no token, no header.
 *
 * @param action the attempted action, in the server's own words, such as {@code POST
 *     /v1/collab/drafts/{draft_id}/segments}
 */
public record AuditEvent(Kind kind, Cause cause, String action, Source source) {
  /** An event whose code says it all. */
  public AuditEvent(Kind kind, String code, String action, Source source) {
    this(kind, new Cause(code, null, null), action, source);
  }

  /**
   * Why the server refused, limited or ended it.
   *
   * @param code one of the wire's error codes, such as {@code ring_required}, or {@code close_} and
   *     the code with which a socket was closed
   * @param reason which of the causes that share the code, for an operator; null where the code has
   *     one cause. No part of the credentials
   * @param limit the limit that was reached; null when none was
   */
  public record Cause(String code, @Nullable String reason, @Nullable Limit limit) {
    /** A cause that is no limit. */
    public Cause(String code, @Nullable String reason) {
      this(code, reason, null);
    }

    /**
     * The cause of a problem. The reason is that of the problem where a code has many causes, or
     * depends on the configuration: refused credentials and origins, and reached limits.
     */
    public static Cause of(Problem problem) {
      return switch (problem.code()) {
        case UNAUTHENTICATED, ORIGIN_NOT_ALLOWED, RATE_LIMITED, TOO_MANY_CONNECTIONS ->
            new Cause(problem.code().code(), problem.reason(), problem.limit());
        default -> new Cause(problem.code().code(), null, problem.limit());
      };
    }
  }

  /**
   * Who tried, from where and on what.
   *
   * @param user null when not known
   * @param draft null when on none, or on none that could be
   * @param address as far as it can be believed
   * @param request the request's or connection's id; null when it has none
   */
  public record Source(
      @Nullable UserId user, @Nullable DraftId draft, String address, @Nullable String request) {
    /** An address of which nothing else is known. */
    public static Source of(String address) {
      return new Source(null, null, address, null);
    }
  }

  /** What became of the attempt. */
  public enum Kind {
    /** It may not be done, or not by this caller. */
    REFUSED,
    /** It may be done, but not this much or this often. */
    LIMITED,
    /** The connection was cut off. */
    ENDED
  }

  /** The code of the cause. */
  public String code() {
    return cause.code();
  }

  /** As this, whichever request it was. */
  public AuditEvent withoutRequest() {
    return new AuditEvent(
        kind, cause, action, new Source(source.user, source.draft, source.address, null));
  }
}
