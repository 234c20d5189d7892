package dev.ringdraft.rest.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/** A problem as answers show it (RFC 9457). */
record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String requestId,
    @JsonAnyGetter Map<String, Object> values) {
  static ProblemJson of(Problem problem, String requestId) {
    return new ProblemJson(
        problem.kind().type(),
        problem.kind().title(),
        problem.kind().status(),
        problem.detail(),
        problem.kind().code(),
        requestId,
        problem.values());
  }
}
