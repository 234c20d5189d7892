package dev.ringdraft.rest.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Gives each resource its one canonical address: {@code /api/collab/…} is {@code /v1/collab/…}, and
 * {@code …/drafts/{draft_id}/append} is {@code …/drafts/{draft_id}/segments}. Nothing behind it
 * knows of another spelling.
 */
@PreMatching
@Priority(AliasFilter.EARLY)
public final class AliasFilter implements ContainerRequestFilter {
  static final int EARLY = RequestIdFilter.FIRST + 2;

  private static final Pattern PREFIX = Pattern.compile("^/api/collab(?=/|$)");
  private static final Pattern APPEND = Pattern.compile("^(/v1/collab/drafts/[^/]+)/append(?=/?$)");

  @Override
  public void filter(ContainerRequestContext request) {
    URI asked = request.getUriInfo().getRequestUri();
    String path = asked.getRawPath();
    String canonical =
        APPEND.matcher(PREFIX.matcher(path).replaceFirst("/v1/collab")).replaceFirst("$1/segments");
    if (!canonical.equals(path)) {
      String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
      request.setRequestUri(asked.resolve(canonical + query));
    }
  }
}
