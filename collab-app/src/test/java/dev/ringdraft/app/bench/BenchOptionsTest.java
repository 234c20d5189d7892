package dev.ringdraft.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.app.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
  @Test
  void everything_has_a_default() {
    BenchOptions options = BenchOptions.read(List.of());

    assertEquals("http://127.0.0.1:8080", options.url().toString());
    assertEquals(10, options.viewers());
    assertEquals(Duration.ofSeconds(10), options.duration());
    assertEquals(Transport.WS, options.transport());
    assertEquals(1, options.runs());
    assertEquals(0, options.churnPerSecond());
    assertNull(options.idle());
    assertNull(options.pid());
  }

  @Test
  void both_spellings_are_read() {
    BenchOptions options =
        BenchOptions.read(List.of("--drafts", "3", "--idle=500ms", "--transport=poll"));

    assertEquals(30, options.viewers());
    assertEquals(Duration.ofMillis(500), options.idle());
    assertEquals(Transport.POLL, options.transport());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--drafts=0 | bench: --drafts: 0 (expected: 1..100000)",
        "--duration=soon | bench: --duration: soon (expected: such as 500ms, 10s or 2m)",
        "--rate=0 | rate: 0 (expected: above 0, or --idle)",
        "--transport=pigeon | bench: --transport: pigeon (expected: ws, sse or poll)",
        "--url=ftp://a | bench: --url: ftp://a (expected: http://host:port)",
        "--payload-code-points=17 | bench: --payload-code-points: 17 (expected: 18..1000000)",
        "--stall=11 | stall: 11 (expected: at most the 10 viewers)",
        "--pid | bench: --pid: no value",
        "--runs=0 | bench: --runs: 0 (expected: 1..1000)",
        "--churn=often | bench: --churn: often (expected: a number, 0 or more)",
        "drafts | bench: drafts (expected: --name value)",
      })
  void what_can_not_be_meant_is_refused(String argument, String message) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> BenchOptions.read(List.of(argument)));

    assertEquals(message, refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--idle=1s", "--reconnect-at=1s", "--viewers-per-draft=0"})
  void churn_is_refused_where_it_can_not_be_told_apart(String beside) {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> BenchOptions.read(List.of("--churn=1", beside)));

    assertEquals(
        "churn: only with viewers, and without --idle and --reconnect-at", refused.getMessage());
  }
}
