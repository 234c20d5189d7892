package dev.ringdraft.rest;

import dev.ringdraft.member.Authentication;
import dev.ringdraft.member.Authentication.Refused;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Lets only known users through to the resources that are {@link Authenticated}. */
@Authenticated
@Priority(Priorities.AUTHENTICATION)
final class AuthenticationFilter implements ContainerRequestFilter {
  private final Callers callers;

  AuthenticationFilter(Callers callers) {
    this.callers = callers;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    switch (callers.recognise(request.getHeaders())) {
      case Authentication.Authenticated known ->
          request.setSecurityContext(
              new Caller(known.user(), request.getSecurityContext().isSecure()));
      case Refused refused -> {
        boolean showedToken = request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION);
        throw new ProblemException(
            Problem.unauthenticated(
                refused.reason(), showedToken ? "Bearer error=\"invalid_token\"" : "Bearer"));
      }
    }
  }
}
