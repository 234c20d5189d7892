package dev.ringdraft.rest.problem;

import dev.ringdraft.draft.FieldError;
import dev.ringdraft.rest.json.WireMapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a request is refused (RFC 9457), before it has a request's id.
 *
 * @param detail one sentence for people about this very case; never a text of a draft, never a
 *     secret
 * @param values that explain it, by their names on the wire, in the order in which they are shown
 * @param headers that its answer carries beside the body
 */
public record Problem(
    ProblemCode kind, String detail, Map<String, Object> values, Map<String, String> headers) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    headers = Map.copyOf(headers);
  }

  /** A problem that its kind and one sentence explain. */
  public static Problem of(ProblemCode kind, String detail) {
    return new Problem(kind, detail, Map.of(), Map.of());
  }

  /** The one answer for what isn't there and for what the caller may not see. */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "there is nothing here that you may see");
  }

  /** A request whose fields or parameters are wrong; at least one error. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.stream()
            .map(error -> error.field() + ": " + error.detail())
            .collect(Collectors.joining("; "));
    return of(ProblemCode.VALIDATION_ERROR, detail).with("errors", errors);
  }

  /** A request of which one field or parameter is wrong. */
  public static Problem invalid(String field, String detail) {
    return invalid(List.of(new FieldError(field, detail)));
  }

  /** A caller who has shown nothing, or nothing that counts. */
  public static Problem unauthenticated(String reason, String challenge) {
    return of(ProblemCode.UNAUTHENTICATED, reason)
        .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
  }

  /** A store that can't be reached now. */
  static Problem unavailable(Duration retryAfter) {
    return of(
            ProblemCode.UNAVAILABLE,
            "the drafts can't be reached just now; send it again, with its idempotency key")
        .retryAfter(retryAfter);
  }

  /** A caller whose token can't be judged now. */
  public static Problem undecided(String reason, Duration retryAfter) {
    return of(ProblemCode.UNAVAILABLE, reason).retryAfter(retryAfter);
  }

  /**
   * The body of an answer with this problem, for those who answer before JAX-RS does.
   *
   * @param requestId as its {@code X-Request-Id} says it
   */
  public String json(String requestId) {
    return WireMapper.json(ProblemJson.of(this, requestId));
  }

  /** This problem and one more value that explains it. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Problem(kind, detail, more, headers);
  }

  /** This problem and when it is worth trying again, in whole seconds, rounded up. */
  public Problem retryAfter(Duration time) {
    long seconds = Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
    return withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }

  /** This problem and one more header of its answer. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(kind, detail, values, more);
  }
}
