package dev.ringdraft.access;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something that a server refused, limited or ended. It holds nothing that a caller wrote but the
 * names below: no text, no token, no header.
 *
 * @param code why: one of the wire's error codes, such as {@code ring_required}, or {@code close_}
 *     and the code with which a socket was closed
 * @param action the attempted action, in the server's own words, such as {@code POST
 *     /v1/collab/drafts/{draft_id}/segments}
 */
public record AuditEvent(Kind kind, String code, String action, Source source) {
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

  /** As this, whichever request it was. */
  public AuditEvent withoutRequest() {
    return new AuditEvent(
        kind, code, action, new Source(source.user, source.draft, source.address, null));
  }
}
