package dev.ringdraft.rest.filter;

import dev.ringdraft.rest.request.RequestRoute;
import dev.ringdraft.rest.stream.LongRunning;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * Notes on each request which resource it is for, so that the server around this application can
 * count requests by it. Before authentication, which may end the request.
 */
@Priority(Priorities.AUTHENTICATION - 1)
public final class RouteFilter implements ContainerRequestFilter {
  private final ConcurrentMap<ResourceMethod, RequestRoute> routes = new ConcurrentHashMap<>();

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo() instanceof ExtendedUriInfo uri
        && uri.getMatchedResourceMethod() != null) {
      ResourceMethod method = uri.getMatchedResourceMethod();
      RequestRoute known = routes.get(method);
      request.setProperty(RequestRoute.PROPERTY, known == null ? added(method, uri) : known);
    }
  }

  private RequestRoute added(ResourceMethod method, ExtendedUriInfo uri) {
    RequestRoute route = route(method, uri);
    routes.put(method, route);
    return route;
  }

  private static RequestRoute route(ResourceMethod method, ExtendedUriInfo uri) {
    Class<?> resource = method.getInvocable().getHandler().getHandlerClass();
    return new RequestRoute(
        RequestRoute.templateOf(uri), resource.isAnnotationPresent(LongRunning.class));
  }
}
