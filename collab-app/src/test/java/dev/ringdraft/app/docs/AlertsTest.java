package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.app.PromTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alert rules are sound, and each is shown to fire. */
final class AlertsTest {
  private static final Path RULES = Document.ROOT.resolve("docs/operations/alerts.yaml");
  private static final Path TESTS = Document.ROOT.resolve("docs/operations/alerts.test.yaml");

  private static Set<String> named(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void each_alert_has_a_fault_that_raises_it_and_is_silent_without() throws IOException {
    Set<String> alerts = named(RULES, "- alert: (\\w+)");

    assertTrue(alerts.size() > 10, alerts::toString);
    assertEquals(alerts, named(TESTS, "alertname: (\\w+)\\n +exp_alerts:\\n"));
    assertEquals(alerts, named(TESTS, "alertname: (\\w+), exp_alerts: \\[]"));
  }

  @Test
  void promtool_accepts_the_rules_and_their_tests() throws Exception {
    assumeTrue(PromTool.isThere(), "the alert rules are NOT tried: no promtool");

    assertEquals("", PromTool.run("check", "rules", RULES.toString()));
    assertEquals("", PromTool.run("test", "rules", TESTS.toString()));
  }
}
