package dev.ringdraft.rest;

import dev.ringdraft.member.UserId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** The user who makes a request. */
record Caller(UserId user, boolean isSecure) implements SecurityContext {
  /** The user behind a request that was let through to an {@link Authenticated} resource. */
  static UserId of(SecurityContext security) {
    return new UserId(security.getUserPrincipal().getName());
  }

  @Override
  public Principal getUserPrincipal() {
    return user::value;
  }

  /** No: roles are a draft's, not a server's. */
  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
