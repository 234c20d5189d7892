package dev.ringdraft.rest;

import dev.ringdraft.authoring.IdSource;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives every request an id and every answer that id: the caller's own {@code X-Request-Id}, when
 * it is one of 1 to 128 visible ASCII characters, else a new one. Problems say it in their body
 * too.
 */
@PreMatching
@Priority(RequestIdFilter.FIRST)
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final int FIRST = 100;

  private static final String HEADER = "X-Request-Id";
  private static final String PROPERTY = RequestIdFilter.class.getName();
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final IdSource ids;

  RequestIdFilter(IdSource ids) {
    this.ids = ids;
  }

  static String idOf(ContainerRequestContext request) {
    return String.valueOf(request.getProperty(PROPERTY));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> sent = request.getHeaders().getOrDefault(HEADER, List.of());
    boolean usable = sent.size() == 1 && VISIBLE.matcher(sent.getFirst()).matches();
    request.setProperty(PROPERTY, usable ? sent.getFirst() : ids.next());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String id = idOf(request);
    response.getHeaders().putSingle(HEADER, id);
    if (response.getEntity() instanceof Problem problem) {
      response.setEntity(ProblemJson.of(problem, id));
    }
  }
}
