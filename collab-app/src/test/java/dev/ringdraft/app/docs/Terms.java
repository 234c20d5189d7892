package dev.ringdraft.app.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The phrases that no text of the project may use, from {@code banned-terms.txt}.
 *
 * @param replacements the term to use, by banned phrase, in the order of the file
 */
record Terms(Map<String, String> replacements) {
  private static final String ARROW = " -> ";

  static Terms read() {
    try (InputStream file =
        Objects.requireNonNull(Terms.class.getResourceAsStream("banned-terms.txt"))) {
      return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Terms of(String text) {
    Map<String, String> replacements = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(line.split(ARROW, 2)))
        .forEach(entry -> replacements.put(entry.get(0).strip(), entry.get(1).strip()));
    return new Terms(replacements);
  }

  /** The banned phrases in a text, whole words in any case, each with its replacement. */
  List<String> in(String text) {
    String oneLine = text.replaceAll("\\s+", " ");
    return replacements.entrySet().stream()
        .filter(entry -> pattern(entry.getKey()).matcher(oneLine).find())
        .map(entry -> "\"%s\" (use: %s)".formatted(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Pattern pattern(String phrase) {
    return Pattern.compile(
        "(?<![\\w-])" + Pattern.quote(phrase) + "(?![\\w-])", Pattern.CASE_INSENSITIVE);
  }
}
