package dev.ringdraft.websocket.socket;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Set;

/**
 * What happens on one socket that the audit trail should hear of. Safe for use by many threads.
 *
 * @param connection its id, as the client got it
 */
public record SocketAudit(
    AuditLog trail, UserId user, DraftId draft, String address, String connection) {
  /** The server goes away, or nobody is there any more: everyday life. */
  private static final Set<Integer> EVERYDAY =
      Set.of(
          CloseCode.DRAINING.code(),
          CloseCode.SILENT.code(),
          CloseCodes.GOING_AWAY.getCode(),
          CloseCodes.CLOSED_ABNORMALLY.getCode());

  private static final String WATCH = "watch /v1/ws/drafts/{draft_id}";

  /**
   * The server ends the socket.
   *
   * @param code of the close frame
   */
  void ended(int code) {
    if (!EVERYDAY.contains(code)) {
      note(Kind.ENDED, "close_" + code, WATCH);
    }
  }

  /** A token that was to take the place of the old one is refused. */
  void renewalRefused() {
    note(Kind.REFUSED, "unauthenticated", WATCH + " auth");
  }

  private void note(Kind kind, String code, String action) {
    trail.record(
        new AuditEvent(kind, code, action, new Source(user, draft, address, connection)));
  }
}
