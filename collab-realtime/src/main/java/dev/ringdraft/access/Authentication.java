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
   * The credentials prove nothing. Neither text holds any part of them.
   *
   * @param fault the kind of the cause
   * @param detail for the caller: what an honest caller can mend, and nothing about the server's
   *     configuration
   * @param reason for the operator: as the detail, with the key to look at
   */
  record Refused(CredentialsFault fault, String detail, String reason) implements Authentication {
    /** A refusal of which the operator needs to know no more than the caller. */
    public Refused(CredentialsFault fault, String detail) {
      this(fault, detail, detail);
    }

    /** A refusal of any other kind. */
    public Refused(String detail) {
      this(CredentialsFault.OTHER, detail);
    }
  }

  /**
   * Nobody can decide now, and the same credentials may be shown again soon: what it takes to judge
   * them can't be had.
   *
   * @param detail why, for the caller, without any part of the credentials
   */
  record Undecided(String detail) implements Authentication {}
}
