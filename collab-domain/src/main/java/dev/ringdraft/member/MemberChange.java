package dev.ringdraft.member;

import org.jspecify.annotations.Nullable;

/**
 * What changes about a member.
 *
 * @param role null to leave it
 * @param away whether the member is skipped when the server chooses who is next; null to leave it
 */
public record MemberChange(@Nullable Role role, @Nullable Boolean away) {
  public static MemberChange role(Role role) {
    return new MemberChange(role, null);
  }

  public static MemberChange away(boolean away) {
    return new MemberChange(null, away);
  }

  /** Whether nothing is to change. */
  public boolean isEmpty() {
    return role == null && away == null;
  }
}
