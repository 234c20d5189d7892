package dev.ringdraft.rest.export;

import dev.ringdraft.access.Problem;
import dev.ringdraft.rest.problem.Printable;
import dev.ringdraft.rest.problem.ProblemException;
import dev.ringdraft.rest.request.Query;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of an export.
 *
 * @param withAuthors whether it names who wrote what; always with {@link ExportFormat#JSONL}
 */
public record ExportOptions(ExportFormat format, boolean withAuthors) {
  private static final String FORMAT = "format";
  private static final String AUTHORS = "authors";

  /** The options of a query: Markdown with authors, if it does not say otherwise. */
  public static ExportOptions of(Query query) {
    String name = query.text(FORMAT);
    ExportFormat format =
        name == null
            ? ExportFormat.MD
            : ExportFormat.of(name)
                .orElseThrow(() -> refused(FORMAT, name, "md, txt, html or jsonl"));
    return new ExportOptions(format, withAuthors(format, query.text(AUTHORS)));
  }

  private static boolean withAuthors(ExportFormat format, @Nullable String authors) {
    if (authors == null || authors.equals("true")) {
      return true;
    }
    if (!authors.equals("false")) {
      throw refused(AUTHORS, authors, "true or false");
    }
    if (format == ExportFormat.JSONL) {
      throw refused(AUTHORS, authors, "true with jsonl, whose events name their actors");
    }
    return false;
  }

  private static ProblemException refused(String field, String value, String expected) {
    return new ProblemException(
        Problem.invalid(
            field, "\"%s\" (expected: %s)".formatted(Printable.plainly(value), expected)));
  }
}
