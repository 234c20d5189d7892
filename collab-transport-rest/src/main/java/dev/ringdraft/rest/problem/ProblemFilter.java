package dev.ringdraft.rest.problem;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;

/**
 * Gives each problem the id of its request, and makes a problem of the few refusals that JAX-RS
 * gives without a word, such as for an {@code Accept} that can't be parsed.
 */
public final class ProblemFilter implements ContainerResponseFilter {
  private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean wordless = response.getStatus() >= 400 && !response.hasEntity();
    Object entity =
        wordless
            ? Problem.of(ProblemCode.VALIDATION_ERROR, "a header field can't be understood")
            : response.getEntity();
    if (entity instanceof Problem problem) {
      response.setStatus(problem.status());
      response.setEntity(
          problem.json(RequestIds.of(request.getHeaders())).getBytes(StandardCharsets.UTF_8),
          new Annotation[0],
          PROBLEM);
    }
  }
}
