package dev.ringdraft.websocket.handshake;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose handshake was granted.
 *
 * @param expiresAt when the proof of who it is ends; null when it doesn't
 * @param admission its right to watch the draft
 * @param permit what it takes of the server's room for sockets
 * @param options how it subscribes
 */
public record GrantedHandshake(
    DraftId draft,
    UserId user,
    @Nullable Instant expiresAt,
    Subscription admission,
    ConnectionLimiter.Permit permit,
    SubscriptionOptions options) {
  /** The connection has ended, whether or not it became a socket. */
  public void release() {
    admission.release();
    permit.release();
  }
}
