package dev.ringdraft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What may know what, as rules that a machine can hold us to; each by its name. */
final class Rules {
  /** The packages of each module, as patterns that also fit the planted ones. */
  static final Map<String, List<String>> MODULES = modules();

  /** Deciding happens here, so nothing here may differ from one run to the next. */
  private static final String[] CORE = {
    "..ringdraft.draft..",
    "..ringdraft.ring..",
    "..ringdraft.segment..",
    "..ringdraft.member..",
    "..ringdraft.time..",
    "..ringdraft.turn.."
  };

  private static final String[] LANGUAGE = {"java..", "org.jspecify.."};
  private static final Set<String> MOODS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getLogger",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  private Rules() {}

  private static Map<String, List<String>> modules() {
    Map<String, List<String>> modules = new LinkedHashMap<>();
    modules.put(
        "domain",
        Stream.of(
                "draft",
                "ring",
                "segment",
                "member",
                "time",
                "turn",
                "eventstore",
                "authoring",
                "view",
                "memory")
            .map("..ringdraft.%s.."::formatted)
            .toList());
    modules.put("contract", List.of("..ringdraft.contract..", "..ringdraft.testing.."));
    modules.put(
        "realtime",
        Stream.of(
                "room", "presence", "wire", "access", "notification", "outage", "settings", "timer")
            .map("..ringdraft.%s.."::formatted)
            .toList());
    modules.put("persistence", List.of("..ringdraft.persistence.."));
    modules.put("websocket", List.of("..ringdraft.websocket.."));
    modules.put("rest", List.of("..ringdraft.rest.."));
    modules.put("bench", List.of("..ringdraft.bench.."));
    modules.put("app", List.of("..ringdraft.app.."));
    return modules;
  }

  static String[] packages(String... modules) {
    return Arrays.stream(modules)
        .flatMap(module -> MODULES.getOrDefault(module, List.of()).stream())
        .toArray(String[]::new);
  }

  static Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("the domain knows nothing but Java and JSpecify", knows("domain"));
    rules.put("the realtime module knows the domain alone", knows("realtime", "domain"));
    rules.put(
        "the contract knows the domain alone",
        doesNotSee("contract", "realtime", "persistence", "websocket", "rest", "app"));
    rules.put(
        "persistence sees no other adapter", doesNotSee("persistence", "websocket", "rest", "app"));
    rules.put(
        "websocket sees no other adapter", doesNotSee("websocket", "persistence", "rest", "app"));
    rules.put("rest sees no other adapter", doesNotSee("rest", "persistence", "websocket", "app"));
    rules.put(
        "the bench knows the server by its protocol alone",
        doesNotSee("bench", "domain", "realtime", "persistence", "websocket", "rest", "app"));
    rules.put("the core has no moods", coreHasNoMoods());
    rules.put("the core touches nothing outside", coreTouchesNothing());
    rules.put(
        "packages form no cycle",
        slices().matching("..ringdraft.(**)").namingSlices("$1").should().beFreeOfCycles());
    rules.put("libraries log by System.Logger", librariesLogBySystemLogger());
    rules.put("no class is named for what it is not", noHollowNames());
    rules.put("no method is called get", noGetters());
    rules.put("no public parameter list is long", ParameterLists.rule());
    rules.put("every package is null-marked", everyPackageIsNullMarked());
    return rules;
  }

  private static ArchRule knows(String module, String... others) {
    String[] known =
        Stream.of(packages(module), packages(others), LANGUAGE)
            .flatMap(Arrays::stream)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAnyPackage(packages(module))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known);
  }

  private static ArchRule doesNotSee(String module, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(others));
  }

  private static ArchRule coreHasNoMoods() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("asks the clock, chance or the machine", Rules::isMoody))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Random|SplittableRandom)"
                + "|java\\.security\\.SecureRandom|java\\.util\\.concurrent\\.ThreadLocalRandom");
  }

  private static boolean isMoody(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    return MOODS.contains(owner + "." + call.getName())
        || (owner.startsWith("java.time.") && call.getName().equals("now"));
  }

  private static ArchRule coreTouchesNothing() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.sql..",
            "java.util.concurrent..",
            "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.(System\\$Logger.*|Thread|Process.*|Runtime)")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err");
  }

  private static ArchRule librariesLogBySystemLogger() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages("domain", "realtime", "persistence", "websocket", "rest"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "java.util.logging..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err");
  }

  private static ArchRule noHollowNames() {
    return noClasses()
        .that()
        .resideInAPackage("..ringdraft..")
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .haveNameMatching(".*\\.I[A-Z][a-z]\\w*");
  }

  /** Unless a library's type prescribes the name. */
  private static ArchRule noGetters() {
    return methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("..ringdraft..")
        .and()
        .haveNameMatching("get[A-Z].*")
        .should(
            new ArchCondition<JavaMethod>("be prescribed by a supertype") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                events.add(
                    new SimpleConditionEvent(
                        method, isPrescribed(method), method.getDescription()));
              }
            })
        .allowEmptyShould(true);
  }

  static boolean isPrescribed(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(type -> type.getMethods().stream())
        .anyMatch(inherited -> inherited.getName().equals(method.getName()));
  }

  private static ArchRule everyPackageIsNullMarked() {
    return classes()
        .that()
        .resideInAPackage("..ringdraft..")
        .should(
            new ArchCondition<JavaClass>("be in a null-marked package") {
              @Override
              public void check(JavaClass each, ConditionEvents events) {
                events.add(
                    new SimpleConditionEvent(
                        each,
                        each.getPackage().isAnnotatedWith(NullMarked.class),
                        each.getDescription()));
              }
            });
  }
}
