package dev.ringdraft.rest.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;

/** Bounds every request's body in size and in time, whether or not its length was announced. */
@PreMatching
@Priority(BodyLimitFilter.EARLY)
public final class BodyLimitFilter implements ContainerRequestFilter {
  static final int EARLY = AliasFilter.EARLY + 1;

  private final int maxBodyBytes;
  private final Duration deadline;

  public BodyLimitFilter(int maxBodyBytes, Duration deadline) {
    this.maxBodyBytes = maxBodyBytes;
    this.deadline = deadline;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    int announced = request.getLength();
    if (announced > maxBodyBytes) {
      throw BoundedBody.tooLarge(maxBodyBytes);
    }
    request.setEntityStream(
        new BoundedBody(
            request.getEntityStream(), announced, maxBodyBytes, deadline, System::nanoTime));
  }
}
