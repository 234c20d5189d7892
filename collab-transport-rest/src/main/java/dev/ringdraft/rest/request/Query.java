package dev.ringdraft.rest.request;

import dev.ringdraft.access.Problem;
import dev.ringdraft.rest.problem.Printable;
import dev.ringdraft.rest.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query, each given once at most; unknown ones are ignored. */
public final class Query {
  private final UriInfo uri;

  public Query(UriInfo uri) {
    this.uri = uri;
  }

  public @Nullable String text(String name) {
    List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw invalid(name, "%d of them (expected: 1)".formatted(values.size()));
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** How long a page shall be: 1 or more, and never more than the cap. */
  public int length(String name, int fallback, int cap) {
    return Math.toIntExact(Math.min(number(name, fallback, 1), cap));
  }

  /** A whole number; what is too large for it counts as the largest there is. */
  public long number(String name, long fallback, long least) {
    String text = text(name);
    return text == null ? fallback : number(name, text, least);
  }

  /** The whole number that a text is; what is too large for it counts as the largest there is. */
  public static long number(String name, String text, long least) {
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

  /** The whole number that a text is, of a range. */
  public static long number(String name, String text, long least, long most) {
    long number = number(name, text, least);
    if (number > most) {
      throw invalid(
          name,
          "\"%s\" (expected: a whole number, %d..%d)"
              .formatted(Printable.plainly(text), least, most));
    }
    return number;
  }

  /** A time from 0 on; 0 when not given. */
  public Duration seconds(String name, Duration most) {
    long seconds = number(name, 0, 0);
    if (seconds > most.toSeconds()) {
      throw invalid(name, "%d s (expected: 0..%d)".formatted(seconds, most.toSeconds()));
    }
    return Duration.ofSeconds(seconds);
  }

  private static String expected(String text, long least) {
    return "\"%s\" (expected: a whole number, %d or more)"
        .formatted(Printable.plainly(text), least);
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(Problem.invalid(name, detail));
  }
}
