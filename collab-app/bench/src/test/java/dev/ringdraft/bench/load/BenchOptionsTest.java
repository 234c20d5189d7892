package dev.ringdraft.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class BenchOptionsTest {
  @Command
  private static final class Anything {
    @Mixin private BenchOptions options = new BenchOptions();
  }

  static BenchOptions read(String... arguments) {
    Anything command = new Anything();
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    command.options.validate();
    return command.options;
  }

  @Test
  void everything_has_a_default() {
    BenchOptions options = read();

    assertEquals("http://127.0.0.1:8080", options.url().toString());
    assertEquals(10, options.viewers());
    assertEquals(Duration.ofSeconds(10), options.duration());
    assertEquals(Duration.ofSeconds(3), options.warmUp());
    assertEquals(Transport.WS, options.transport());
    assertEquals(1, options.runs());
    assertEquals(0, options.churnPerSecond());
    assertNull(options.idle());
    assertNull(options.pid());
  }

  @Test
  void both_spellings_are_read() {
    BenchOptions options = read("--drafts", "3", "--idle=500ms", "--transport=poll");

    assertEquals(30, options.viewers());
    assertEquals(Duration.ofMillis(500), options.idle());
    assertEquals(Transport.POLL, options.transport());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--drafts=0 | drafts: 0 (expected: 1..100000)",
        "--duration=soon | soon (expected: such as 500ms, 10s or 2m)",
        "--rate=0 | rate: 0 (expected: above 0, or --idle)",
        "--transport=pigeon | expected one of [WS, SSE, POLL]",
        "--url=ftp://a | ftp://a (expected: http://host:port)",
        "--payload-code-points=17 | payload-code-points: 17 (expected: 18..1000000)",
        "--stall=11 | stall: 11 (expected: at most the 10 viewers)",
        "--pid | --pid",
        "--runs=0 | runs: 0 (expected: 1..1000)",
        "--churn=often | is not a double",
        "drafts | Unmatched argument at index 0",
      })
  void options_that_can_not_be_meant_are_refused_by_name(String argument, String message) {
    ParameterException refused = assertThrows(ParameterException.class, () -> read(argument));

    String said = String.valueOf(refused.getMessage());
    assertTrue(said.contains(message), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--idle=1s", "--reconnect-at=1s", "--viewers-per-draft=0"})
  void churn_is_refused_where_it_can_not_be_told_apart(String beside) {
    ParameterException refused =
        assertThrows(ParameterException.class, () -> read("--churn=1", beside));

    assertEquals(
        "churn: only with viewers, and without --idle and --reconnect-at", refused.getMessage());
  }
}
