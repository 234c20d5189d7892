package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The readme's Java is what {@code EmbeddingExampleTest} runs, to the letter. */
final class ReadmeExamplesTest {
  @Test
  void the_examples_of_the_readme_are_those_that_are_run() throws IOException {
    Sources sources = Sources.read();

    assertEquals(
        List.of(
            sources.marked("EmbeddingExampleTest", "embed"),
            sources.marked("EmbeddingExampleTest", "rule")),
        Document.at("README.md").fenced("java"));
  }

  @Test
  void the_two_commands_stand_by_themselves() throws IOException {
    List<String> commands = Document.at("README.md").fenced("sh");

    assertEquals(List.of("mvn -Pserve\n", "mvn verify\n"), commands.subList(0, 2));
  }
}
