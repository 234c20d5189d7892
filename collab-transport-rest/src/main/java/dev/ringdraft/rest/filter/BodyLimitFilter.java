package dev.ringdraft.rest.filter;

import dev.ringdraft.rest.config.BodySettings;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** Bounds every request's body in size and in time, whether or not its length was announced. */
@PreMatching
@Priority(BodyLimitFilter.EARLY)
public final class BodyLimitFilter implements ContainerRequestFilter {
  static final int EARLY = AliasFilter.EARLY + 1;

  private final BodySettings settings;

  @Context private @Nullable Provider<Request> requests;

  public BodyLimitFilter(BodySettings settings) {
    this.settings = settings;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    int announced = request.getLength();
    if (announced > settings.maxBytes()) {
      throw BoundedBody.tooLarge(settings.maxBytes());
    }
    request.setEntityStream(new BoundedBody(body(request), announced, settings, System::nanoTime));
  }

  private InputStream body(ContainerRequestContext request) {
    InputStream body = request.getEntityStream();
    Request grizzly = GrizzlyRequest.of(requests);
    return grizzly != null
            && grizzly.getAttribute(ExpectedBody.ATTRIBUTE) instanceof ExpectedBody withheld
        ? new AskedForBody(body, withheld, () -> DeadlineFilter.restart(request))
        : body;
  }
}
