package dev.ringdraft.websocket;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.Admission;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose handshake was granted.
 *
 * @param expiresAt when the proof of who it is ends; null when it doesn't
 * @param after the revision to go on from; null for live events alone
 * @param epoch of that revision; null when not said
 * @param echo whether events that this user causes are wanted
 * @param subprotocol whether the client offered subprotocols, so that one must be answered
 */
record Caller(
    DraftId draft,
    UserId user,
    @Nullable Instant expiresAt,
    Admission admission,
    @Nullable Long after,
    @Nullable String epoch,
    boolean echo,
    boolean subprotocol)
    implements Principal {
  @Override
  public String getName() {
    return user.value();
  }
}
