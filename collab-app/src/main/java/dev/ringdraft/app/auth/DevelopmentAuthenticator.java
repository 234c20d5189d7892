package dev.ringdraft.app.auth;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.CredentialsFault;
import dev.ringdraft.member.UserId;

/** Believes every name. For development on one machine. */
final class DevelopmentAuthenticator {
  Authentication authenticate(DevelopmentUser user) {
    try {
      return new Authenticated(UserId.given(user.name()), null);
    } catch (IllegalArgumentException invalid) {
      return new Refused(CredentialsFault.MALFORMED, "no user id: " + invalid.getMessage());
    }
  }
}
