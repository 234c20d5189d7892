package dev.ringdraft.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param path seen from the module's folder, where tests run
 */
public record Document(Path path, String text) {
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCED =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TARGET = Pattern.compile("]\\([^)\\s]+\\)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);

  /** The page at this path, seen from the top of the project. */
  public static Document at(String path) throws IOException {
    return of(ROOT.resolve(path));
  }

  private static Document of(Path path) throws IOException {
    return new Document(path, Files.readString(path));
  }

  /** The readme, and all pages under {@code docs}. */
  static List<Document> all() throws IOException {
    List<Document> all = new ArrayList<>(List.of(at("README.md")));
    try (Stream<Path> paths = Files.walk(ROOT.resolve("docs"))) {
      for (Path path : paths.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        all.add(of(path));
      }
    }
    return all;
  }

  /** The fenced blocks of a language, in order, without their fences. */
  public List<String> fenced(String language) {
    return FENCED
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** Where the links lead that stay in the project; pictures too. */
  List<String> relativeLinks() {
    return LINK.matcher(prose())
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.contains(":"))
        .toList();
  }

  /** What stands between backticks, fenced blocks left out. */
  List<String> code() {
    return CODE.matcher(prose()).results().map(code -> code.group(1)).toList();
  }

  /** The anchors of its headings, as GitHub makes them. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The cells of its tables' rows, their heads and rules left out. */
  public List<List<String>> rows() {
    return prose()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(1, line.length() - 1))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  /** The lines outside fenced blocks and tables, with the targets of links left out. */
  Stream<String> proseLines() {
    return prose()
        .lines()
        .filter(line -> !line.startsWith("|"))
        .map(line -> TARGET.matcher(line).replaceAll("]"));
  }

  /** The paragraphs, list items and tables, without code and without the targets of links. */
  Stream<String> paragraphs() {
    String text = CODE.matcher(TARGET.matcher(prose()).replaceAll("]")).replaceAll("");
    return Stream.of(text.split("\\n\\s*\\n", -1));
  }

  private String prose() {
    Matcher blocks = FENCED.matcher(text);
    return blocks.replaceAll((MatchResult block) -> "");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
