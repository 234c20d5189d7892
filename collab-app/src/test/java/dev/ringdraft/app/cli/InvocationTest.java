package dev.ringdraft.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.Key;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvocationTest {
  @Test
  void serve_is_the_default_command() {
    assertEquals(new Invocation.Serve(List.of()), Invocation.of(List.of()));
    assertEquals(
        new Invocation.Serve(List.of("--http.port", "0")),
        Invocation.of(List.of("--http.port", "0")));
    assertEquals(
        new Invocation.Serve(List.of("--http.port", "0")),
        Invocation.of(List.of("serve", "--http.port", "0")));
  }

  @Test
  void help_and_version_count_wherever_they_stand() {
    assertEquals(new Invocation.Help(), Invocation.of(List.of("help")));
    assertEquals(new Invocation.Help(), Invocation.of(List.of("serve", "--what", "--help")));
    assertEquals(new Invocation.Help(), Invocation.of(List.of("-h")));
    assertEquals(new Invocation.Version(), Invocation.of(List.of("--version")));
    assertEquals(new Invocation.Version(), Invocation.of(List.of("serve", "-V")));
    assertEquals(new Invocation.Version(), Invocation.of(List.of("version")));
  }

  @Test
  void a_bench_takes_what_stands_behind_it() {
    assertEquals(
        new Invocation.Bench(List.of("--drafts", "2")),
        Invocation.of(List.of("bench", "--drafts", "2")));
    assertEquals(
        new Invocation.Bench(List.of("--help")), Invocation.of(List.of("bench", "--help")));
    assertTrue(HelpText.text().contains("ringdraft bench --help"), HelpText.text());
  }

  @Test
  void nothing_stands_behind_train() {
    assertEquals(new Invocation.Train(), Invocation.of(List.of("train")));
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> Invocation.of(List.of("train", "--drafts", "2")));
    assertEquals("train: --drafts (expected: nothing behind it)", refused.getMessage());
  }

  @Test
  void another_command_is_refused() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> Invocation.of(List.of("server", "--help-me")));

    assertEquals(
        "server: unknown command (expected: serve, bench, train, help or version)",
        refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void the_help_explains_every_key(Key key) {
    String line =
        HelpText.text()
            .lines()
            .filter(each -> each.startsWith("  " + key.key() + " "))
            .findFirst()
            .orElseThrow();

    assertTrue(line.contains(key.meaning()), line);
    assertTrue(key.fallback().isEmpty() || line.endsWith("[" + key.fallback() + "]"), line);
  }

  @Test
  void the_version_is_the_one_that_was_built() {
    assertTrue(ProgramVersion.text().matches("\\d+\\.\\d+\\.\\d+.*"), ProgramVersion.text());
  }
}
