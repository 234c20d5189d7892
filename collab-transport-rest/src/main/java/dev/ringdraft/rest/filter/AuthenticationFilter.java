package dev.ringdraft.rest.filter;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Problem;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Authenticated;
import dev.ringdraft.rest.request.RequestAuthenticator;
import dev.ringdraft.rest.request.RequestPrincipal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;

/** Lets only known users through to the resources that are {@link Authenticated}. */
@Authenticated
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
  private final RequestAuthenticator callers;
  private final Duration retryAfter;

  /**
   * @param retryAfter when who shows a token that can't be judged yet may ask again
   */
  public AuthenticationFilter(RequestAuthenticator callers, Duration retryAfter) {
    this.callers = callers;
    this.retryAfter = retryAfter;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    switch (callers.admit(request)) {
      case Authentication.Authenticated known ->
          request.setSecurityContext(
              new RequestPrincipal(
                  known.user(), known.expiresAt(), request.getSecurityContext().isSecure()));
      case Refused refused -> {
        boolean showedToken = request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION);
        throw new ProblemException(
            Problem.unauthenticated(
                refused, showedToken ? "Bearer error=\"invalid_token\"" : "Bearer"));
      }
      case Undecided undecided ->
          throw new ProblemException(Problem.undecided(undecided.detail(), retryAfter));
    }
  }
}
