package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents point to what is there and name what there is. */
final class DocumentsTest {
  private static final Pattern TEST =
      Pattern.compile("([A-Z]\\w*(?:Test|IT|Contract))(?:\\.(\\w+))?");
  private static final Pattern SCRIPT_TEST = Pattern.compile("[\\w/]+\\.test\\.ts");
  private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]\\w*[A-Z]\\w*");
  private static final Pattern MEMBER = Pattern.compile("([A-Z][a-z]\\w*)\\.([a-z]\\w*)");
  private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

  @Test
  void every_link_leads_to_a_file_and_to_a_heading_in_it() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Document document : Document.all()) {
      for (String link : document.relativeLinks()) {
        if (!leadsSomewhere(document, link)) {
          broken.add(document + " → " + link);
        }
      }
    }

    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Document from, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? from.path() : from.path().resolveSibling(parts[0]);
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || new Document(target, Files.readString(target)).anchors().contains(parts[1]);
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    assertEquals(List.of(), missingTests(Document.all()));
  }

  private static List<String> missingTests(List<Document> documents) throws IOException {
    Sources sources = Sources.read();
    List<String> missing = new ArrayList<>();
    for (Document document : documents) {
      for (String code : document.code()) {
        Matcher test = TEST.matcher(code);
        if (test.matches()) {
          String member = test.group(2);
          boolean exists =
              member == null
                  ? sources.haveType(test.group(1))
                  : sources.declare(test.group(1), member);
          if (!exists) {
            missing.add(document + ": " + code);
          }
        }
      }
    }
    return missing;
  }

  @Test
  void every_test_of_the_client_and_the_pages_that_is_named_exists() throws IOException {
    assertEquals(List.of(), missingScriptTests(Document.all()));
  }

  private static List<String> missingScriptTests(List<Document> documents) throws IOException {
    List<String> tests = new ArrayList<>();
    for (String folder : List.of("client/src", "client/test", "web/src", "web/e2e")) {
      try (Stream<Path> paths = Files.walk(Path.of(folder))) {
        paths.map(path -> "/" + path.toString().replace('\\', '/')).forEach(tests::add);
      }
    }
    List<String> missing = new ArrayList<>();
    for (Document document : documents) {
      for (String code : document.code()) {
        if (SCRIPT_TEST.matcher(code).matches()
            && tests.stream().noneMatch(test -> test.endsWith("/" + code))) {
          missing.add(document + ": " + code);
        }
      }
    }
    return missing;
  }

  @Test
  void every_type_that_is_named_exists() throws IOException {
    assertEquals(List.of(), missingTypes(Document.all()));
  }

  private static List<String> missingTypes(List<Document> documents) throws IOException {
    Sources sources = Sources.read();
    List<String> missing = new ArrayList<>();
    for (Document document : documents) {
      for (String code : document.code()) {
        Matcher member = MEMBER.matcher(code);
        boolean isMember = member.matches();
        String type = isMember ? member.group(1) : code;
        if ((isMember || TYPE.matcher(type).matches()) && !sources.haveType(type)) {
          missing.add(document + ": " + code);
        }
      }
    }
    return missing;
  }

  @Test
  void a_page_that_names_what_there_is_not_is_caught(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # A page

        `NoSuchTest` and `RingRulesTest.no_such_rule`, but `RingRulesTest.R1`.
        `noSuch.test.ts` and `web/e2e/noSuch.test.ts`, but `client/test/outbox.test.ts`.
        `NoSuchThing` and `NoSuch.method`, but `DraftCommands`.
        [nowhere](nowhere.md), [no heading](#no-heading), but [here](#a-page).
        """);
    Document document = new Document(page, Files.readString(page));

    assertEquals(2, missingTests(List.of(document)).size());
    assertEquals(2, missingScriptTests(List.of(document)).size());
    assertEquals(3, missingTypes(List.of(document)).size(), "the test that is missing, too");
    assertEquals(
        List.of(false, false, true),
        List.of(
            leadsSomewhere(document, "nowhere.md"),
            leadsSomewhere(document, "#no-heading"),
            leadsSomewhere(document, "#a-page")));
  }

  @Test
  void decisions_are_numbered_without_a_gap_and_each_is_listed_and_confirmed() throws IOException {
    Document list = Document.at("docs/adr/README.md");
    List<String> files;
    try (Stream<Path> paths = Files.list(list.path().resolveSibling(""))) {
      files =
          paths
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.equals("README.md"))
              .sorted()
              .toList();
    }

    assertEquals(
        files, list.relativeLinks().stream().filter(link -> !link.contains("/")).sorted().toList());
    for (int i = 0; i < files.size(); i++) {
      Matcher name = DECISION.matcher(files.get(i));
      assertTrue(name.matches(), files.get(i));
      assertEquals(i + 1, Integer.parseInt(name.group(1)), files.get(i));
      Document decision = Document.at("docs/adr/" + files.get(i));
      assertTrue(
          decision
              .anchors()
              .containsAll(
                  List.of("context", "options", "decision", "consequences", "confirmed-by")),
          files.get(i));
    }
  }
}
