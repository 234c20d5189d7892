package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.member.UserId;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestServices;
import dev.ringdraft.rest.config.RestSettings;
import dev.ringdraft.rest.filter.AuditFilter;
import dev.ringdraft.rest.json.DraftBody.Data;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.RequestAuthenticator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What a page must know before it can ask for anything: who its user is here, and the limits. */
@Singleton
@Path(RestPaths.BASE + "/session")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
  private final RequestAuthenticator callers;
  private final RestSettings settings;

  @Inject
  SessionResource(RestServices services, RequestAuthenticator callers) {
    this.callers = callers;
    this.settings = services.settings();
  }

  /**
   * Answers everybody: who shows nothing, or nothing that counts, has no user id. A token that
   * can't be judged now is a problem all the same, else its user would seem to be signed out.
   */
  @GET
  public Data read(@Context ContainerRequestContext context) {
    UserId user =
        switch (callers.admit(context)) {
          case Authenticated known -> known.user();
          case Refused refused -> {
            if (RequestAuthenticator.showCredentials(context.getHeaders())) {
              context.setProperty(
                  AuditFilter.OVERLOOKED,
                  Problem.of(ProblemCode.UNAUTHENTICATED, refused.detail())
                      .withReason(refused.reason()));
            }
            yield null;
          }
          case Undecided undecided ->
              throw new ProblemException(
                  Problem.undecided(undecided.detail(), settings.retryAfter()));
        };
    DraftLimits limits = settings.limits();
    return new Data(
        new Session(
            user,
            settings.developmentAuth(),
            new Limits(limits.maxTitleCodePoints(), limits.maxContentCodePoints())));
  }

  record Session(@Nullable UserId userId, boolean development, Limits limits) {}

  record Limits(int titleMaxCodePoints, int contentMaxCodePoints) {}
}
