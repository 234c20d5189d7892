package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java of the guides is what tests run, to the letter. */
final class HowToExamplesTest {
  private static final int SHORT = 60;

  @Test
  void the_transport_of_the_guide_is_the_one_that_is_run_and_it_is_short() throws IOException {
    Sources sources = Sources.read();
    List<String> examples = Document.at("docs/how-to/write-a-transport.md").fenced("java");

    assertEquals(
        List.of(
            sources.marked("TomcatServer", "endpoint"),
            sources.marked("OtherContainerTest", "rest"),
            sources.marked("SmallTransportTest", "adapter"),
            sources.marked("SmallTransportTest", "endpoint")),
        examples);
    assertTrue(examples.get(2).lines().count() < SHORT);
  }
}
