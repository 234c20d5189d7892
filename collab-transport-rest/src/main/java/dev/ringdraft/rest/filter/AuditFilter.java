package dev.ringdraft.rest.filter;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Cause;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.rest.problem.RequestIds;
import dev.ringdraft.rest.request.CallerAddress;
import dev.ringdraft.rest.request.RequestPrincipal;
import dev.ringdraft.rest.request.RequestRoute;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/**
 * Notes the problems by which a caller is kept from something. Those that say that a request makes
 * no sense, or comes at the wrong moment, are everyday life and noted nowhere.
 */
@Priority(AuditFilter.BEFORE_PROBLEMS_ARE_WRITTEN)
public final class AuditFilter implements ContainerResponseFilter {
  /** Filters of answers run from the highest to the lowest. */
  static final int BEFORE_PROBLEMS_ARE_WRITTEN = Priorities.USER + 1;

  /** A property of a request that is answered all the same: the {@link Problem} to note of it. */
  public static final String OVERLOOKED = AuditFilter.class.getName();

  private static final String DRAFT = "draft_id";

  private final AuditLog trail;

  public AuditFilter(AuditLog trail) {
    this.trail = trail;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Problem problem = problem(request, response);
    Kind kind = problem == null ? null : kind(problem.code());
    if (problem != null && kind != null) {
      trail.record(incident(kind, problem, request));
    }
  }

  private static @Nullable Problem problem(
      ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem) {
      return problem;
    }
    return request.getProperty(OVERLOOKED) instanceof Problem overlooked ? overlooked : null;
  }

  /** Null when it is none. */
  private static @Nullable Kind kind(ProblemCode problem) {
    return switch (problem) {
      case UNAUTHENTICATED, FORBIDDEN, RING_REQUIRED, ORIGIN_NOT_ALLOWED, NOT_FOUND -> Kind.REFUSED;
      case MALFORMED_JSON, HEADERS_TOO_LARGE -> Kind.REFUSED;
      case CONTENT_TOO_LARGE, RATE_LIMITED, TOO_MANY_CONNECTIONS -> Kind.LIMITED;
      case REQUEST_TIMEOUT -> Kind.ENDED;
      case VALIDATION_ERROR,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          RING_MOVED,
          DRAFT_NOT_ACTIVE,
          ALREADY_MEMBER,
          NOT_A_MEMBER,
          RECIPIENT_CANNOT_WRITE,
          ALREADY_HOLDER,
          ALREADY_REQUESTED,
          NOBODY_ELIGIBLE,
          CREATOR_STAYS,
          DRAFT_FULL,
          CONTENDED,
          REVISION_MOVED,
          UNSUPPORTED_MEDIA_TYPE,
          IDEMPOTENCY_KEY_REUSED,
          UPGRADE_REQUIRED,
          INTERNAL_ERROR,
          UNAVAILABLE,
          DRAINING ->
          null;
    };
  }

  private AuditEvent incident(Kind kind, Problem problem, ContainerRequestContext request) {
    return new AuditEvent(
        kind,
        Cause.of(problem),
        action(request),
        new Source(
            request.getSecurityContext() instanceof RequestPrincipal caller ? caller.user() : null,
            draft(request),
            CallerAddress.of(request).getHostAddress(),
            RequestIds.of(request.getHeaders())));
  }

  /** The method and the resource, not the path: callers put into paths what they like. */
  private static String action(ContainerRequestContext request) {
    String method = request.getMethod();
    String known = method.matches("[A-Z]{1,16}") ? method : "?";
    if (!(request.getUriInfo() instanceof ExtendedUriInfo uri)) {
      return known;
    }
    String resource = RequestRoute.templateOf(uri);
    return resource.isEmpty() ? known : known + " " + resource;
  }

  private static @Nullable DraftId draft(ContainerRequestContext request) {
    String id = request.getUriInfo().getPathParameters().getFirst(DRAFT);
    try {
      return id == null ? null : new DraftId(id);
    } catch (IllegalArgumentException noDraftHasSuchAnId) {
      return null;
    }
  }
}
