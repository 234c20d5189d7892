package dev.ringdraft.rest;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, each given once at most; unknown ones are ignored. */
final class Query {
  private final UriInfo uri;

  Query(UriInfo uri) {
    this.uri = uri;
  }

  @Nullable String text(String name) {
    List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw invalid(name, "%d of them (expected: 1)".formatted(values.size()));
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** How long a page shall be: 1 or more, and never more than the cap. */
  int length(String name, int fallback, int cap) {
    return Math.toIntExact(Math.min(number(name, fallback, 1), cap));
  }

  /** A whole number; what is too large for it counts as the largest there is. */
  long number(String name, long fallback, long least) {
    String text = text(name);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("[0-9]+")) {
      throw invalid(name, expected(text, least));
    }
    String digits = text.replaceFirst("^0+(?=.)", "");
    long number = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (number < least) {
      throw invalid(name, expected(text, least));
    }
    return number;
  }

  private static String expected(String text, long least) {
    return "\"%s\" (expected: a whole number, %d or more)".formatted(Shown.plainly(text), least);
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(Problem.invalid(name, detail));
  }
}
