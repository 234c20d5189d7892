package dev.ringdraft.eventstore;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.SortedSet;
import java.util.TreeSet;
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

  /** Runs a whole test class. */
  public static SuiteRun of(Class<?> suite) {
    return of(selectClass(suite));
  }

  /** Runs one test of a class. */
  public static SuiteRun of(Class<?> suite, String method) {
    return of(selectMethod(suite, method));
  }

  private static SuiteRun of(DiscoverySelector selector) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
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
