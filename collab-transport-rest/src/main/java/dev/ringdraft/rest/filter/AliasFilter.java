package dev.ringdraft.rest.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Gives each resource its one canonical path: {@code /api/collab/…} is {@code /v1/collab/…}, and
 * {@code …/drafts/{draft_id}/append} is {@code …/drafts/{draft_id}/segments}. No other filter or
 * resource knows another spelling.
 *
 * <p>A path segment is taken as it is. JAX-RS would drop matrix parameters, so that {@code ben;x=1}
 * became {@code ben}, and would ignore a slash at the end; a semicolon is escaped here instead, and
 * a path that ends with a slash is not found.
 */
@PreMatching
@Priority(AliasFilter.EARLY)
public final class AliasFilter implements ContainerRequestFilter {
  static final int EARLY = RequestIdFilter.FIRST + 2;

  private static final Pattern PREFIX = Pattern.compile("^/api/collab(?=/|$)");
  private static final Pattern APPEND = Pattern.compile("^(/v1/collab/drafts/[^/]+)/append$");

  @Override
  public void filter(ContainerRequestContext request) {
    URI asked = request.getUriInfo().getRequestUri();
    String path = asked.getRawPath();
    if (path.endsWith("/")) {
      throw new NotFoundException();
    }
    String canonical =
        APPEND
            .matcher(PREFIX.matcher(path).replaceFirst("/v1/collab"))
            .replaceFirst("$1/segments")
            .replace(";", "%3B");
    if (!canonical.equals(path)) {
      String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
      request.setRequestUri(asked.resolve(canonical + query));
    }
  }
}
