package dev.ringdraft.websocket.handshake;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose handshake was granted.
 *
 * @param expiresAt when the proof of who it is ends; null when it doesn't
 * @param admission its right to watch the draft
 * @param permit what it takes of the server's room for sockets
 * @param viewing how it wants to watch
 * @param subprotocol whether the client offered subprotocols, so that one must be answered
 * @param takesOverSlowly whether it may lose its place when it is sent events before it was heard
 *     of
 */
public record GrantedHandshake(
    DraftId draft,
    UserId user,
    @Nullable Instant expiresAt,
    Subscription admission,
    ConnectionLimiter.Permit permit,
    SubscriptionOptions viewing,
    boolean subprotocol,
    boolean takesOverSlowly)
    implements Principal {
  @Override
  public String getName() {
    return user.value();
  }

  /** The connection has ended, whether or not it became a socket. */
  public void release() {
    admission.giveBack();
    permit.release();
  }
}
