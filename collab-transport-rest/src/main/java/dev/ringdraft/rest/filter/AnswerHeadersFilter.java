package dev.ringdraft.rest.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * Says on every answer that it depends on who asks, that its media type is meant, and, unless its
 * resource says otherwise, that it must not be kept.
 */
public final class AnswerHeadersFilter implements ContainerResponseFilter {
  /** What {@code Vary} says. */
  public static final String VARY = "Authorization, X-User-Id, Accept-Encoding";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.add(HttpHeaders.VARY, VARY);
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
