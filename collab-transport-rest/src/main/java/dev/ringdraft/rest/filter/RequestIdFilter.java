package dev.ringdraft.rest.filter;

import dev.ringdraft.access.RequestId;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.rest.problem.RequestIds;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;

/** Gives every request its {@link RequestId}, and every response the id of its request. */
@PreMatching
@Priority(RequestIdFilter.FIRST)
public final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final int FIRST = 100;

  private final IdSource ids;

  public RequestIdFilter(IdSource ids) {
    this.ids = ids;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> sent = request.getHeaders().getOrDefault(RequestId.HEADER, List.of());
    request.getHeaders().putSingle(RequestId.HEADER, RequestId.of(sent, ids::next));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(RequestId.HEADER, RequestIds.of(request.getHeaders()));
  }
}
