package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.app.config.Key;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of keys is the program's. */
final class ConfigurationDocumentTest {
  @Test
  void every_key_is_shown_with_its_default_and_its_meaning() throws IOException {
    assertEquals(
        Stream.of(Key.values()).map(ConfigurationDocumentTest::row).toList(),
        Document.at("docs/reference/configuration.md").rows());
  }

  private static List<String> row(Key key) {
    String fallback = key.fallback().isEmpty() ? "" : "`%s`".formatted(key.fallback());
    return List.of("`%s`".formatted(key.key()), fallback, key.meaning());
  }
}
