package dev.ringdraft.rest.resource;

import dev.ringdraft.access.Problem;
import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.rest.filter.DeadlineFilter;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.EntityTags;
import dev.ringdraft.rest.request.JsonFields;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request that changes a draft says beside the change itself: under which key it may be sent
 * again, at which versions it is meant ({@code If-Match}), and whether its answer shall be the
 * whole draft ({@code Prefer: return=representation}, RFC 7240).
 */
record MutationHeaders(CommandOptions options, boolean wantsDraft) {
  /** The body's field that does what the header {@code Idempotency-Key} does. */
  static final String KEY_FIELD = "idempotency_key";

  private static final String KEY_HEADER = "Idempotency-Key";

  static MutationHeaders of(ContainerRequestContext request, JsonFields body) {
    MultivaluedMap<String, String> headers = request.getHeaders();
    EntityTags tags = EntityTags.of(headers.get(HttpHeaders.IF_MATCH));
    return new MutationHeaders(
        new CommandOptions(
            key(headers, body),
            tags == null || tags.any() ? null : tags.versions(),
            DeadlineFilter.of(request)),
        prefersRepresentation(headers.get("Prefer")));
  }

  private static @Nullable IdempotencyKey key(
      MultivaluedMap<String, String> headers, JsonFields body) {
    List<String> lines = headers.get(KEY_HEADER);
    String inHeader = lines == null || lines.isEmpty() ? null : lines.getFirst();
    String inBody = body.optionalText(KEY_FIELD);
    if (lines != null && lines.size() > 1) {
      throw invalid(KEY_HEADER, "%d of them (expected: 1)".formatted(lines.size()));
    }
    if (inHeader != null && inBody != null && !inHeader.equals(inBody)) {
      throw invalid(KEY_FIELD, "another key than in the header (expected: the same, or one alone)");
    }
    return inHeader == null ? key(KEY_FIELD, inBody) : key(KEY_HEADER, inHeader);
  }

  private static @Nullable IdempotencyKey key(String field, @Nullable String value) {
    try {
      return value == null ? null : new IdempotencyKey(value);
    } catch (IllegalArgumentException noKey) {
      throw invalid(field, String.valueOf(noKey.getMessage()));
    }
  }

  /** The first {@code return} preference counts; its parameters don't. */
  private static boolean prefersRepresentation(@Nullable List<String> lines) {
    if (lines == null) {
      return false;
    }
    for (String preference : String.join(",", lines).split(",", -1)) {
      String said = preference.split(";", 2)[0].replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT);
      if (said.startsWith("return=")) {
        return said.equals("return=representation");
      }
    }
    return false;
  }

  private static ProblemException invalid(String field, String detail) {
    return new ProblemException(Problem.invalid(field, detail));
  }
}
