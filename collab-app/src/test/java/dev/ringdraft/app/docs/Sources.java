package dev.ringdraft.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's Java sources, those of the examples too, by the name of their top type.
 *
 * @param files of types that share a name, one
 */
record Sources(Map<String, Path> files) {
  private static final String ENDING = ".java";

  /** A module may hold nested modules, one level down. */
  private static final int MODULE_DEPTH = 2;

  private static final Path EXAMPLES = Document.ROOT.resolve("docs/examples");

  static Sources read() throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Path module : modules()) {
      try (Stream<Path> found = Files.walk(module.resolve("src"))) {
        found
            .filter(path -> path.toString().endsWith(ENDING))
            .forEach(path -> files.put(nameOf(path), path));
      }
    }
    return new Sources(Map.copyOf(files));
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.find(Document.ROOT, MODULE_DEPTH, Sources::isModule);
        Stream<Path> examples = Files.find(EXAMPLES, 1, Sources::isModule)) {
      // A type of a module goes before one of the same name in an example.
      return Stream.concat(examples, folders).toList();
    }
  }

  private static boolean isModule(Path folder, BasicFileAttributes attributes) {
    return attributes.isDirectory()
        && Files.exists(folder.resolve("pom.xml"))
        && Files.isDirectory(folder.resolve("src"));
  }

  private static String nameOf(Path path) {
    String file = path.getFileName().toString();
    return file.substring(0, file.length() - ENDING.length());
  }

  /** Whether there is a type of this name. */
  boolean haveType(String name) {
    return files.containsKey(name);
  }

  /** Whether the type declares a test or a nested class of this name. */
  boolean declare(String type, String member) throws IOException {
    Path file = files.get(type);
    return file != null
        && Pattern.compile("(void|DynamicTest>|class) " + Pattern.quote(member) + "\\b")
            .matcher(Files.readString(file))
            .find();
  }

  /** The source of a type. */
  String text(String type) throws IOException {
    Path file = files.get(type);
    if (file == null) {
      throw new AssertionError("no source of " + type);
    }
    return Files.readString(file);
  }

  /** What stands between {@code // begin MARK} and {@code // end MARK}, moved to the margin. */
  String marked(String type, String mark) throws IOException {
    List<String> lines = text(type).lines().toList();
    List<String> marks = lines.stream().map(String::strip).toList();
    int begin = marks.indexOf("// begin " + mark);
    int end = marks.indexOf("// end " + mark);
    if (begin < 0 || end < begin) {
      throw new AssertionError("no example " + mark + " in " + type);
    }
    return String.join("\n", lines.subList(begin + 1, end)).stripTrailing().stripIndent() + "\n";
  }
}
