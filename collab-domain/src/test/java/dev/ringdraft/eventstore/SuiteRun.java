package dev.ringdraft.eventstore;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What came of running a test class inside a test.
 *
 * @param passed the test methods that never failed
 * @param failed the test methods that failed at least once
 */
public record SuiteRun(SortedSet<String> passed, SortedSet<String> failed) {

  private static final String JUDGED = "ringdraft.judged";

  /** Keeps a suite that ought to fail from being run by itself. */
  public static final class Only implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(JUDGED).isPresent()
          ? ConditionEvaluationResult.enabled("it is judged")
          : ConditionEvaluationResult.disabled("it is run by another test only");
    }
  }

  /** Runs a whole test class. */
  public static SuiteRun of(Class<?> suite) {
    return of(List.of(selectClass(suite)));
  }

  /** Runs some tests of a class, its own or inherited. */
  public static SuiteRun of(Class<?> suite, String... tests) {
    return of(
        Stream.of(tests)
            .map(test -> (DiscoverySelector) selectMethod(suite, named(suite, test)))
            .toList());
  }

  private static Method named(Class<?> suite, String test) {
    return Stream.<Class<?>>iterate(suite, type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(test))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no test " + test));
  }

  private static SuiteRun of(List<DiscoverySelector> selectors) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .configurationParameter(JUDGED, "true")
            .build();
    Results results = new Results();
    LauncherFactory.create().execute(request, results);
    SortedSet<String> passed = new TreeSet<>(results.ran);
    passed.removeAll(results.failed);
    return new SuiteRun(passed, results.failed);
  }

  private static final class Results implements TestExecutionListener {
    final SortedSet<String> ran = new TreeSet<>();
    final SortedSet<String> failed = new TreeSet<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.getSource().orElse(null) instanceof MethodSource source) {
        ran.add(source.getMethodName());
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          failed.add(source.getMethodName());
        }
      }
    }
  }
}
