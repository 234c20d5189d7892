package dev.ringdraft.rest.filter;

import static java.util.Objects.requireNonNull;

import dev.ringdraft.rest.stream.ClientDisconnect;
import dev.ringdraft.rest.stream.LongRunning;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** Watches the clients of {@link LongRunning} resources while their requests last. */
@LongRunning
@Priority(Priorities.AUTHORIZATION)
public final class ClientDisconnectFilter
    implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String PROPERTY = ClientDisconnect.class.getName();

  @Context private @Nullable Provider<Request> requests;

  /** The departure of a request's client. */
  public static ClientDisconnect of(ContainerRequestContext request) {
    return (ClientDisconnect) requireNonNull(request.getProperty(PROPERTY), PROPERTY);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(PROPERTY, ClientDisconnect.of(GrizzlyRequest.of(requests)));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(PROPERTY) instanceof ClientDisconnect departure) {
      departure.forget();
    }
  }
}
