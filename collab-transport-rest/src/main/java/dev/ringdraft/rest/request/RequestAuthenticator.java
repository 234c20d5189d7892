package dev.ringdraft.rest.request;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.CredentialsParser;
import dev.ringdraft.access.CredentialsParser.Sent;
import dev.ringdraft.access.Limit;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RateLimiter;
import dev.ringdraft.rest.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;

/**
 * Authenticates requests by their header fields, and limits their rate: by user, and for others by
 * address. Safe for use by many threads.
 */
public final class RequestAuthenticator {
  private final Authenticator authenticator;
  private final RateLimiter limiter;

  public RequestAuthenticator(Authenticator authenticator, RateLimiter limiter) {
    this.authenticator = authenticator;
    this.limiter = limiter;
  }

  /**
   * Authenticates the caller of a request and counts the request.
   *
   * @throws ProblemException when the caller is over the rate limit
   */
  public Authentication admit(ContainerRequestContext request) {
    MultivaluedMap<String, String> headers = request.getHeaders();
    Authentication found =
        CredentialsParser.authenticate(
            Sent.inHeaders(
                headers.getOrDefault(CredentialsParser.AUTHORIZATION, List.of()),
                headers.getOrDefault(CredentialsParser.USER_ID, List.of())),
            authenticator);
    Duration wait =
        found instanceof Authenticated known
            ? limiter.count(known.user())
            : limiter.count(CallerAddress.of(request));
    if (!wait.isZero()) {
      throw new ProblemException(
          Problem.rateLimited(
              Limit.REQUESTS,
              "more than %d requests a second (expected: 0..%d, and %d at once after a rest)"
                  .formatted(limiter.perSecond(), limiter.perSecond(), limiter.burst()),
              limiter.perSecond(),
              wait));
    }
    return found;
  }

  /** Whether a request carries credentials, valid or not. */
  public static boolean showCredentials(MultivaluedMap<String, String> headers) {
    return headers.containsKey(CredentialsParser.AUTHORIZATION)
        || headers.containsKey(CredentialsParser.USER_ID);
  }
}
