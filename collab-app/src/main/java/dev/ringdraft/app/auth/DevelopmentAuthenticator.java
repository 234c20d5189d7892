package dev.ringdraft.app.auth;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.Credentials;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.member.UserId;

/** Believes every name. For development on one machine; it never lets a token pass. */
final class DevelopmentAuthenticator implements Authenticator {
  @Override
  public Authentication authenticate(Credentials credentials) {
    return switch (credentials) {
      case DevelopmentUser user -> believe(user.name());
      case Credentials.BearerToken token -> new Refused("tokens are not accepted here");
      case Credentials.None none -> new Refused("no name was given");
    };
  }

  private static Authentication believe(String name) {
    try {
      return new Authenticated(UserId.given(name), null);
    } catch (IllegalArgumentException invalid) {
      return new Refused("no user id: " + invalid.getMessage());
    }
  }
}
