package dev.ringdraft.rest.request;

import dev.ringdraft.member.UserId;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The user who makes a request.
 *
 * @param expiresAt when their proof ends; null when it doesn't
 */
public record RequestPrincipal(UserId user, @Nullable Instant expiresAt, boolean isSecure)
    implements SecurityContext {
  /** Clocks differ: a proof counts so much longer. */
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  /** The user behind a request that was let through to an {@link Authenticated} resource. */
  public static UserId of(SecurityContext security) {
    return new UserId(security.getUserPrincipal().getName());
  }

  /** How long the caller of such a request counts as known, from now on; null for good. */
  public static @Nullable Duration timeLeft(ContainerRequestContext request, Instant now) {
    return request.getSecurityContext() instanceof RequestPrincipal caller
            && caller.expiresAt() != null
        ? Duration.between(now, caller.expiresAt()).plus(LEEWAY)
        : null;
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
