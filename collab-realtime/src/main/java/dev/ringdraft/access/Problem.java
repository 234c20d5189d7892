package dev.ringdraft.access;

import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.draft.FieldError;
import dev.ringdraft.wire.JsonWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, as every transport answers it (RFC 9457). Immutable; made by {@link
 * #of} or a factory that names the case, and changed by what begins with {@code with}.
 */
public final class Problem {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private final ProblemCode code;
  private final int status;
  private final String detail;
  private final @Nullable String reason;
  private final @Nullable Limit limit;
  private final List<FieldError> errors;

  /** Each a {@link String} or a {@link Long}, in order. */
  private final Map<String, Object> values;

  private final Map<String, String> headers;

  private Problem(
      ProblemCode code,
      int status,
      String detail,
      @Nullable String reason,
      @Nullable Limit limit,
      List<FieldError> errors,
      Map<String, Object> values,
      Map<String, String> headers) {
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.reason = reason;
    this.limit = limit;
    this.errors = List.copyOf(errors);
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.headers = Map.copyOf(headers);
  }

  /**
   * A problem with the status of its code.
   *
   * @param detail one sentence about this case that helps the caller; never a text of a draft, a
   *     secret, or a key of the configuration
   */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, code.status(), detail, null, null, List.of(), Map.of(), Map.of());
  }

  /** The stable code, with its title and type. */
  public ProblemCode code() {
    return code;
  }

  /** The HTTP status: the code's own, or one that fits the case better. */
  public int status() {
    return status;
  }

  /** One sentence about this case. */
  public String detail() {
    return detail;
  }

  /** The detail for the operator, which no response holds; that of the caller unless given. */
  public String reason() {
    return reason == null ? detail : reason;
  }

  /** The limit that is reached; null when none is. */
  public @Nullable Limit limit() {
    return limit;
  }

  /** Header fields of the response. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The one response for a missing resource and for one that the caller may not see. */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "there is nothing here that you may see");
  }

  /** A request with wrong fields or parameters; at least one error. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.stream()
            .map(error -> error.field() + ": " + error.detail())
            .collect(Collectors.joining("; "));
    Problem problem = of(ProblemCode.VALIDATION_ERROR, detail);
    return new Problem(
        problem.code, problem.status, detail, null, null, errors, problem.values, problem.headers);
  }

  /** A request with one wrong field or parameter. */
  public static Problem invalid(String field, String detail) {
    return invalid(List.of(new FieldError(field, detail)));
  }

  /**
   * A caller without valid credentials.
   *
   * @param challenge the value of {@code WWW-Authenticate} (RFC 6750, section 3)
   */
  public static Problem unauthenticated(Refused refused, String challenge) {
    return of(ProblemCode.UNAUTHENTICATED, refused.detail())
        .withReason(refused.reason())
        .withHeader("WWW-Authenticate", challenge);
  }

  /** The store can't be reached now. */
  public static Problem storeUnavailable(Duration retryAfter) {
    return of(
            ProblemCode.UNAVAILABLE,
            "the drafts can't be reached just now; send it again, with its idempotency key")
        .retryAfter(retryAfter);
  }

  /** The credentials can't be judged now. */
  public static Problem undecided(String detail, Duration retryAfter) {
    return of(ProblemCode.UNAVAILABLE, detail).retryAfter(retryAfter);
  }

  /**
   * A caller over a rate limit.
   *
   * @param most of the limit
   * @param retryAfter until the next request is allowed
   */
  public static Problem rateLimited(Limit limit, String detail, long most, Duration retryAfter) {
    return of(ProblemCode.RATE_LIMITED, detail).limitedBy(limit, most).retryAfter(retryAfter);
  }

  /** This problem because of a limit, which the body names by its number. */
  public Problem limitedBy(Limit reached, long most) {
    Problem problem = with("limit", most);
    return new Problem(
        code, status, detail, reason, reached, errors, problem.values, problem.headers);
  }

  /** This problem with one more member of the body. */
  public Problem with(String name, String value) {
    return withValue(name, value);
  }

  /** This problem with one more member of the body. */
  public Problem with(String name, long value) {
    return withValue(name, value);
  }

  private Problem withValue(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Problem(code, status, detail, reason, limit, errors, more, headers);
  }

  /** This problem with another detail for the operator. */
  public Problem withReason(String forOperator) {
    return new Problem(code, status, detail, forOperator, limit, errors, values, headers);
  }

  /** This problem with another HTTP status than its code's own. */
  public Problem withStatus(int other) {
    return new Problem(code, other, detail, reason, limit, errors, values, headers);
  }

  /** This problem with {@code Retry-After}, in whole seconds, rounded up, at least 1. */
  public Problem retryAfter(Duration time) {
    long seconds = Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
    return withHeader("Retry-After", Long.toString(seconds));
  }

  /** This problem with one more header field of the response. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, status, detail, reason, limit, errors, values, more);
  }

  /**
   * The body of the response.
   *
   * @param requestId the response's {@code X-Request-Id}
   */
  public String json(String requestId) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("type", code.type())
            .member("title", code.title())
            .member("status", status)
            .member("detail", detail)
            .member("code", code.code())
            .member("request_id", requestId);
    if (!errors.isEmpty()) {
      json.beginArray("errors");
      for (FieldError error : errors) {
        json.beginObject()
            .member("field", error.field())
            .member("detail", error.detail())
            .endObject();
      }
      json.endArray();
    }
    values.forEach(
        (name, value) -> {
          if (value instanceof Long number) {
            json.member(name, number);
          } else {
            json.member(name, value.toString());
          }
        });
    return json.endObject().toString();
  }
}
