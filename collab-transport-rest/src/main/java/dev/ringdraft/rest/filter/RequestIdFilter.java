package dev.ringdraft.rest.filter;

import dev.ringdraft.authoring.IdSource;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives every request an id and every answer that id: the caller's own {@code X-Request-Id}, when
 * it is one of 1 to 128 visible ASCII characters, else a new one.
 */
@PreMatching
@Priority(RequestIdFilter.FIRST)
public final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final int FIRST = 100;

  public static final String HEADER = "X-Request-Id";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final IdSource ids;

  public RequestIdFilter(IdSource ids) {
    this.ids = ids;
  }

  /** The id of a request, which from this filter on is in its header. */
  public static String idOf(MultivaluedMap<String, String> headers) {
    return String.valueOf(headers.getFirst(HEADER));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> sent = request.getHeaders().getOrDefault(HEADER, List.of());
    boolean usable = sent.size() == 1 && VISIBLE.matcher(sent.getFirst()).matches();
    if (!usable) {
      request.getHeaders().putSingle(HEADER, ids.next());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(HEADER, idOf(request.getHeaders()));
  }
}
