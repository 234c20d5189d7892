package dev.ringdraft.websocket.socket;

import static java.util.Objects.requireNonNull;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.websocket.handshake.GrantedHandshake;
import dev.ringdraft.websocket.handshake.Peer;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Set;
import java.util.UUID;

/**
 * What happens on one socket that the audit log should hear of. Safe for use by many threads.
 *
 * @param source the socket; its request is the connection's id, as the client got it
 */
public record SocketAudit(AuditLog log, AuditEvent.Source source) {
  /** The server goes away, or nobody is there any more: everyday life. */
  private static final Set<Integer> EVERYDAY =
      Set.of(
          CloseCode.DRAINING.code(),
          CloseCode.SILENT.code(),
          CloseCodes.GOING_AWAY.getCode(),
          CloseCodes.CLOSED_ABNORMALLY.getCode());

  private static final String WATCH = "watch /v1/ws/drafts/{draft_id}";

  public SocketAudit {
    requireNonNull(source.request(), "the id of the connection");
  }

  /** The audit of a granted socket, which gets an id of its own. */
  public static SocketAudit of(AuditLog log, GrantedHandshake caller, Peer peer) {
    return new SocketAudit(
        log,
        new AuditEvent.Source(
            caller.user(), caller.draft(), peer.name(), UUID.randomUUID().toString()));
  }

  /** The id of the connection. */
  public String connection() {
    return requireNonNull(source.request());
  }

  /**
   * The server ends the socket.
   *
   * @param code of the close frame
   */
  public void ended(int code) {
    if (!EVERYDAY.contains(code)) {
      note(Kind.ENDED, new Cause("close_" + code, null), WATCH);
    }
  }

  /**
   * A token that was to take the place of the old one is refused.
   *
   * @param reason without any part of the token
   */
  void renewalRefused(String reason) {
    note(Kind.REFUSED, new Cause("unauthenticated", reason), WATCH + " auth");
  }

  private void note(Kind kind, Cause cause, String action) {
    log.record(new AuditEvent(kind, cause, action, source));
  }
}
