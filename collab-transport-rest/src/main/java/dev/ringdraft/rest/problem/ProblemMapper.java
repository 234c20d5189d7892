package dev.ringdraft.rest.problem;

import dev.ringdraft.access.LimitReachedException;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.eventstore.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers everything that is thrown with a problem. What nobody foresaw is logged here, once, under
 * the request's id, and shown to nobody.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOGGER = System.getLogger(ProblemMapper.class.getName());

  private final Duration retryAfter;

  @Context private @Nullable HttpHeaders headers;

  public ProblemMapper(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  @Override
  public Response toResponse(Throwable thrown) {
    return switch (thrown) {
      case ProblemException found -> answer(found.problem());
      case LimitReachedException limited -> answer(limited.problem());
      case StoreUnavailableException unavailable -> {
        // The store logs its outage, once; a line for each request would hide it.
        LOGGER.log(Level.DEBUG, "request {0}: {1}", requestId(), unavailable.getMessage());
        yield answer(Problem.storeUnavailable(retryAfter));
      }
      case WebApplicationException refused -> {
        Response refusal = refused.getResponse();
        yield answer(refusal.getStatus() < 500 ? problem(refusal) : unforeseen(thrown));
      }
      default -> answer(unforeseen(thrown));
    };
  }

  private Problem unforeseen(Throwable thrown) {
    LOGGER.log(Level.ERROR, "request " + requestId() + " failed", thrown);
    return Problem.of(ProblemCode.INTERNAL_ERROR, "the log knows more under the request_id");
  }

  private String requestId() {
    return headers == null ? "?" : RequestIds.of(headers.getRequestHeaders());
  }

  /** What JAX-RS itself found wrong, in our words. */
  private static Problem problem(Response refusal) {
    return switch (refusal.getStatus()) {
      case 404 -> Problem.notFound();
      case 405 -> {
        String allowed = String.valueOf(refusal.getHeaderString(HttpHeaders.ALLOW));
        yield Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "expected: " + allowed)
            .withHeader(HttpHeaders.ALLOW, allowed);
      }
      case 406 -> Problem.of(ProblemCode.NOT_ACCEPTABLE, "expected: application/json");
      case 415 -> Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "expected: application/json");
      default -> Problem.of(ProblemCode.VALIDATION_ERROR, "a header field can't be understood");
    };
  }

  private static Response answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    problem.headers().forEach(answer::header);
    return answer.build();
  }
}
