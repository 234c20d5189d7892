package dev.ringdraft.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final ImportOption NO_TESTS = location -> !location.contains("/test-classes/");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter().withImportOption(NO_TESTS).importPackages("dev.ringdraft");

  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

  /** For each rule, a part of what it must say of the planted classes. */
  private static final Map<String, String> CAUGHT =
      Map.ofEntries(
          Map.entry("the domain knows nothing but Java and JSpecify", "planted.ringdraft.rest"),
          Map.entry("the realtime module knows the domain alone", "planted.ringdraft.persistence"),
          Map.entry("the contract knows the domain alone", "planted.ringdraft.app"),
          Map.entry("persistence sees no other adapter", "planted.ringdraft.websocket"),
          Map.entry("websocket sees no other adapter", "planted.ringdraft.rest"),
          Map.entry("rest sees no other adapter", "planted.ringdraft.app"),
          Map.entry("the bench knows the server by its protocol alone", "planted.ringdraft.draft"),
          Map.entry("the core has no moods", "java.time.Instant.now()"),
          Map.entry("the core touches nothing outside", "java.nio.file.Files"),
          Map.entry("packages form no cycle", "Cycle detected: draft -> "),
          Map.entry("libraries log by System.Logger", "java.util.logging.Logger"),
          Map.entry("no class is named for what it is not", "DraftManager"),
          Map.entry("no method is called get", "getTitle"),
          Map.entry("no public parameter list is long", "PlantedRing.<init>"),
          Map.entry("every package is null-marked", "planted.ringdraft.rest"));

  static Stream<Arguments> rules() {
    return Rules.all().entrySet().stream()
        .map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void the_program_keeps_the_rule(String name, ArchRule rule) {
    rule.check(PROGRAM);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void the_rule_catches_a_planted_violation(String name, ArchRule rule) {
    AssertionError caught = assertThrows(AssertionError.class, () -> rule.check(PLANTED));

    String message = String.valueOf(caught.getMessage());
    assertTrue(message.contains("Architecture Violation"), message);
    assertTrue(message.contains(CAUGHT.getOrDefault(name, "nothing is expected")), message);
  }

  @Test
  void every_package_of_the_rules_holds_classes() {
    Rules.MODULES.values().stream()
        .flatMap(java.util.Collection::stream)
        .forEach(
            pattern ->
                assertTrue(
                    PROGRAM.stream()
                        .anyMatch(
                            each -> PackageMatcher.of(pattern).matches(each.getPackageName())),
                    pattern));
  }

  @Test
  void every_class_belongs_to_one_module() {
    for (JavaClass each : PROGRAM) {
      long modules =
          Rules.MODULES.values().stream()
              .filter(
                  patterns ->
                      patterns.stream()
                          .anyMatch(
                              pattern -> PackageMatcher.of(pattern).matches(each.getPackageName())))
              .count();
      assertEquals(1, modules, each.getName());
    }
  }

  @Test
  void every_exception_to_the_length_of_parameter_lists_is_needed() {
    ParameterLists.EXCEPTIONS
        .keySet()
        .forEach(name -> assertTrue(ParameterLists.isLong(PROGRAM.get(name)), name));
  }

  @Test
  void every_rule_has_its_planted_violation() {
    assertEquals(new TreeSet<>(Rules.all().keySet()), new TreeSet<>(CAUGHT.keySet()));
  }
}
