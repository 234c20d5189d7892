package dev.ringdraft.access;

import dev.ringdraft.member.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an {@link Authenticator} makes of somebody's credentials. */
public sealed interface Authentication {
  /**
   * The caller is this user.
   *
   * @param expiresAt when the proof ends; null when it doesn't
   */
  record Authenticated(UserId user, @Nullable Instant expiresAt) implements Authentication {}

  /**
   * The caller is nobody we know.
   *
   * @param reason what an honest caller can mend, without any part of the credentials
   */
  record Refused(String reason) implements Authentication {}

  /**
   * Nobody can decide now, and the same credentials may be shown again soon: what it takes to judge
   * them can't be had.
   *
   * @param reason why, without any part of the credentials
   */
  record Undecided(String reason) implements Authentication {}
}
