package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java of the readme and of the guides is what tests run, to the letter. */
final class ReadmeExamplesTest {
  /** The package of the test itself, whose types it needs not import. */
  private static final String OWN_PACKAGE = "import dev.ringdraft.authoring.";

  @Test
  void the_examples_of_the_readme_are_those_that_are_run() throws IOException {
    Sources sources = Sources.read();

    assertEquals(
        List.of(
            sources.marked("EmbeddingExampleTest", "embed"),
            sources.marked("EmbeddingExampleTest", "rule")),
        examples().stream().map(ReadmeExamplesTest::withoutImports).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "write-a-store, SmallStoreTest:contract SmallStore:rows SmallStore:load SmallStore:append"
        + " SmallStore:read",
    "test-your-rules, RulesTest:first RulesTest:holder RulesTest:policy",
    "embed, TimerTest:timer CountedDrafts:transaction DraftsApplication:beans"
  })
  void the_examples_of_a_guide_are_those_that_the_example_projects_run(String page, String examples)
      throws IOException {
    Sources sources = Sources.read();
    List<String> expected = new ArrayList<>();
    for (String example : examples.split(" ", -1)) {
      String[] typeAndMark = example.split(":", 2);
      expected.add(sources.marked(typeAndMark[0], typeAndMark[1]));
    }

    assertEquals(
        expected,
        Document.at("docs/how-to/%s.md".formatted(page)).fenced("java").stream()
            .map(ReadmeExamplesTest::withoutImports)
            .toList());
  }

  @Test
  void each_example_shows_the_imports_that_it_needs() throws IOException {
    List<String> known = imports(Sources.read().text("EmbeddingExampleTest"));
    for (String example : examples()) {
      List<String> shown = imports(example);
      String code = withoutImports(example);

      assertEquals(
          known.stream().filter(each -> uses(code, each) && !each.startsWith(OWN_PACKAGE)).toList(),
          shown.stream().filter(each -> !each.startsWith(OWN_PACKAGE)).toList());
    }
  }

  private static List<String> examples() throws IOException {
    return Document.at("README.md").fenced("java");
  }

  private static List<String> imports(String source) {
    return source.lines().filter(line -> line.startsWith("import ")).toList();
  }

  private static String withoutImports(String example) {
    return example
        .lines()
        .dropWhile(line -> line.isBlank() || line.startsWith("import "))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean uses(String code, String imported) {
    String name = imported.substring(imported.lastIndexOf('.') + 1, imported.length() - 1);
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(code).find();
  }

  @Test
  void the_two_commands_stand_by_themselves() throws IOException {
    List<String> commands = Document.at("README.md").fenced("sh");

    assertEquals(List.of("mvn -Pserve\n", "mvn verify\n"), commands.subList(0, 2));
  }
}
