package dev.ringdraft.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The descriptors are added to jars, so that no compiler compares them with the packages. */
final class ModuleDescriptorsTest {
  private static final Pattern EXPORT = Pattern.compile("exports ([a-z.]+);");

  @ParameterizedTest
  @CsvSource({"collab-domain,dev.ringdraft.time", "collab-realtime,"})
  void a_module_exports_every_package_but_the_named_one(String module, @Nullable String internal)
      throws IOException {
    Path main = Path.of("..", module, "src", "main");
    Set<String> exported = new TreeSet<>();
    Matcher line = EXPORT.matcher(Files.readString(main.resolve("module/module-info.java")));
    while (line.find()) {
      exported.add(line.group(1));
    }

    Set<String> packages = new TreeSet<>();
    Path root = main.resolve("java");
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .forEach(packages::add);
    }
    if (internal != null) {
      packages.remove(internal);
    }
    assertEquals(packages, exported);
  }
}
