package dev.ringdraft.websocket;

import dev.ringdraft.audit.AuditTrail;
import dev.ringdraft.audit.Incident;
import dev.ringdraft.audit.Incident.Kind;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.CloseCode;

/**
 * What happens on one socket that the audit trail should hear of. Safe for use by many threads.
 *
 * @param connection its id, as the client is told
 */
record SocketIncidents(
    AuditTrail trail, UserId user, DraftId draft, String address, String connection) {
  private static final String WATCH = "watch /v1/ws/drafts/{draft_id}";

  /**
   * The server ends the socket. That it goes away, or that nobody is there any more, is everyday
   * life.
   *
   * @param code of the close frame
   */
  void ended(int code) {
    if (code != CloseCode.DRAINING.code() && code != CloseCode.SILENT.code()) {
      note(Kind.ENDED, "close_" + code, WATCH);
    }
  }

  /** A token that was to take the place of the old one is refused. */
  void renewalRefused() {
    note(Kind.REFUSED, "unauthenticated", WATCH + " auth");
  }

  private void note(Kind kind, String code, String action) {
    trail.note(new Incident(kind, code, action, user, draft, address, connection));
  }
}
