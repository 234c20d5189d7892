package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the API, the module descriptors and the check of compatibility agree. */
final class ApiDocumentTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dev\\.[a-z.]+)` \\|");
  private static final Pattern INCLUDE = Pattern.compile("<include>(dev\\.[a-z.]+)</include>");
  private static final Pattern EXPORT = Pattern.compile("exports ([a-z.]+);");

  @Test
  void the_page_lists_the_packages_that_the_build_compares_with_an_earlier_version()
      throws IOException {
    assertEquals(found(INCLUDE, "pom.xml"), listed());
  }

  @Test
  void a_module_with_a_descriptor_exports_its_listed_packages_and_no_other() throws IOException {
    for (String module : Set.of("collab-domain", "collab-realtime")) {
      Path sources = Document.ROOT.resolve(module).resolve("src/main/java");
      Set<String> ofModule =
          listed().stream()
              .filter(name -> Files.exists(sources.resolve(name.replace('.', '/'))))
              .collect(Collectors.toCollection(TreeSet::new));

      assertTrue(ofModule.size() > 5, module);
      assertEquals(found(EXPORT, module + "/src/main/module/module-info.java"), ofModule);
    }
  }

  private static Set<String> listed() throws IOException {
    return found(ROW, "docs/reference/api.md");
  }

  private static Set<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(Document.ROOT.resolve(file)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
