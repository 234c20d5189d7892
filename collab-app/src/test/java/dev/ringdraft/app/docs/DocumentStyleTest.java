package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents keep one line width and use the field's terms. */
final class DocumentStyleTest {
  private static final int MAX_LINE_LENGTH = 120;
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

  @Test
  void no_line_of_prose_is_longer_than_120_characters() throws IOException {
    assertEquals(List.of(), Document.all().stream().flatMap(DocumentStyleTest::longLines).toList());
  }

  private static Stream<String> longLines(Document document) {
    return document
        .proseLines()
        .filter(line -> line.codePointCount(0, line.length()) > MAX_LINE_LENGTH)
        .map(line -> document + ": " + line);
  }

  @Test
  void no_document_uses_a_banned_term() throws IOException {
    Terms terms = Terms.read();

    assertEquals(
        List.of(),
        Document.all().stream().flatMap(document -> bannedTerms(document, terms)).toList());
  }

  private static Stream<String> bannedTerms(Document document, Terms terms) {
    return document
        .paragraphs()
        .flatMap(paragraph -> terms.in(paragraph).stream())
        .distinct()
        .map(finding -> document + ": " + finding);
  }

  @Test
  void no_comment_of_the_program_uses_a_banned_term() throws IOException {
    Terms terms = Terms.read();
    List<String> findings = new ArrayList<>();
    for (Path file : Sources.read().files().values()) {
      if (file.toString().contains("/src/main/")) {
        comments(Files.readString(file))
            .flatMap(comment -> terms.in(comment).stream())
            .forEach(finding -> findings.add(file + ": " + finding));
      }
    }
    assertEquals(List.of(), findings);
  }

  private static Stream<String> comments(String source) {
    return COMMENT
        .matcher(source)
        .results()
        .map(comment -> comment.group().replaceAll("(?m)^\\s*(?:/?\\*+/?|//)", " "));
  }

  @Test
  void a_banned_term_is_found_in_comments_over_a_line_end_but_not_in_code() {
    Terms terms = Terms.of("lobby -> limiter\nturned away -> refused\n");
    String source =
        """
        /**
         * Callers are turned
         * away.
         */
        class Lobby {
          String lobby = "turned away"; // the lobby
        }
        """;

    assertEquals(
        List.of("\"turned away\" (use: refused)", "\"lobby\" (use: limiter)"),
        comments(source).flatMap(comment -> terms.in(comment).stream()).toList());
  }

  @Test
  void a_long_line_is_found_outside_tables_code_and_link_targets() {
    String longWords = "word ".repeat(30).strip();
    Document page =
        page(
            """
            %1$s

            | %1$s |

            ```
            %1$s
            ```

            [short](https://example.org/%2$s)
            """
                .formatted(longWords, "x".repeat(120)));

    assertEquals(List.of("page.md: " + longWords), longLines(page).toList());
  }

  @Test
  void a_banned_term_is_found_in_any_case_and_over_a_line_end_but_not_in_code() {
    Terms terms = Terms.of("# comment\n\nlobby -> limiter\nturned away -> refused\n");
    Document page =
        page(
            """
            The Lobby is full, and the caller is turned
            away.

            `Lobby` and lobbying are no findings.
            """);

    assertEquals(
        List.of("page.md: \"lobby\" (use: limiter)", "page.md: \"turned away\" (use: refused)"),
        bannedTerms(page, terms).toList());
  }

  private static Document page(String text) {
    return new Document(Path.of("page.md"), text);
  }
}
