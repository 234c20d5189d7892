package dev.ringdraft.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.config.Key;
import dev.ringdraft.draft.DraftId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingdraftCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Object> executed = new ArrayList<>();

  private ExitCode call(String... arguments) {
    return call(Map.of(), arguments);
  }

  private ExitCode call(Map<String, String> environment, String... arguments) {
    Commands commands =
        new Commands() {
          @Override
          public ExitCode serve(Configuration configuration) {
            if (configuration.http().host().equals("nowhere")) {
              throw new ConfigurationException("http.host: nowhere");
            }
            executed.add(configuration.http().port());
            return ExitCode.DONE;
          }

          @Override
          public ExitCode migrate(Configuration configuration) {
            executed.add("migrate " + configuration.http().port());
            return ExitCode.DONE;
          }

          @Override
          public ExitCode check(Configuration configuration) {
            executed.add("check " + configuration.http().port());
            return ExitCode.FAILED;
          }

          @Override
          public ExitCode verify(Configuration configuration, @Nullable DraftId draft) {
            executed.add("verify %d %s".formatted(configuration.http().port(), draft));
            return ExitCode.FAILED;
          }

          @Override
          public ExitCode train(boolean underLoad) {
            executed.add("train");
            return ExitCode.FAILED;
          }
        };
    return new RingdraftCommand(
            commands,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .execute(List.of(arguments), environment);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String help(String... arguments) {
    assertEquals(ExitCode.DONE, call(arguments), () -> "" + err);
    assertEquals(List.of(), executed);
    return output();
  }

  private void assertRefused(String line, String... arguments) {
    assertEquals(ExitCode.MISUSED, call(arguments));
    assertEquals(line + System.lineSeparator(), err.toString(StandardCharsets.UTF_8));
    assertEquals("", output());
    assertEquals(List.of(), executed);
  }

  @Test
  void serve_is_the_default_command() {
    assertEquals(ExitCode.DONE, call());
    assertEquals(ExitCode.DONE, call("--http.port", "1"));
    assertEquals(ExitCode.DONE, call("serve", "--http.port", "2"));
    assertEquals(ExitCode.DONE, call(Map.of("COLLAB_HTTP_PORT", "3"), "serve"));

    assertEquals(List.of(8080, 1, 2, 3), executed);
  }

  @Test
  void train_is_a_command_with_an_exit_code_of_its_own() {
    assertEquals(ExitCode.FAILED, call("train"));

    assertEquals(List.of("train"), executed);
  }

  @Test
  void check_prints_every_key_without_secrets_and_ends_with_the_code_of_the_check() {
    assertEquals(
        ExitCode.FAILED,
        call(
            Map.of("COLLAB_DATABASE_PASSWORD", "secret"),
            "check",
            "--http.port",
            "7",
            "--database.url",
            "jdbc:postgresql://db/drafts?password=secret"));

    List<String> lines = output().lines().toList();
    assertEquals(Key.values().length, lines.size());
    assertTrue(lines.contains("http.port=7  (--http.port)"), output());
    assertTrue(lines.contains("database.password=…  (COLLAB_DATABASE_PASSWORD)"), output());
    assertTrue(
        lines.contains("database.url=jdbc:postgresql://db/drafts?…  (--database.url)"), output());
    assertFalse(output().contains("secret\n"), output());
    assertEquals(List.of("check 7"), executed);
  }

  @Test
  void migrate_takes_the_keys_of_the_server() {
    assertEquals(ExitCode.DONE, call("migrate", "--http.port", "8"));

    assertEquals(List.of("migrate 8"), executed);
  }

  @Test
  void verify_takes_the_keys_of_the_server_and_one_draft() {
    assertEquals(ExitCode.FAILED, call("verify", "--http.port", "9"));
    assertEquals(ExitCode.FAILED, call("verify", "--http.port=9", "--draft", "d-1"));

    assertEquals(List.of("verify 9 null", "verify 9 d-1"), executed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", "server --help"})
  void the_help_of_the_program_lists_its_commands(String arguments) {
    String help = help(arguments.split(" "));

    for (String command :
        List.of(
            "serve",
            "migrate",
            "check",
            "verify",
            "token",
            "doctor",
            "bench",
            "check-history",
            "train",
            "completion",
            "version",
            "help")) {
      assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + command + " ")), help);
    }
    assertTrue(help.contains("Exit codes: 0 done"), help);
  }

  @ParameterizedTest
  @CsvSource({
    "serve --help, --http.port",
    "--http.port 1 --help, --http.port",
    "serve --what --help, --http.port",
    "help serve, --http.port",
    "migrate --help, --database.url",
    "check --help, --http.port",
    "verify --help, --draft",
    "token --help, --private-key",
    "doctor --help, --token-file",
    "bench --help, --viewers-per-draft",
    "help bench, --viewers-per-draft",
    "check-history --help, --members",
    "train --help, JDK 25",
    "completion --help, source <(ringdraft completion zsh)"
  })
  void each_command_has_a_help_of_its_own(String arguments, String part) {
    String help = help(arguments.split(" "));

    assertTrue(help.contains(part), help);
    assertFalse(help.contains("Commands:"), help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version", "serve -V"})
  void the_version_is_the_one_that_was_built(String arguments) {
    String version = help(arguments.split(" "));

    assertTrue(version.matches("ringdraft \\d+\\.\\d+\\.\\d+.*\\R"), version);
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void the_help_explains_every_key(Key key) {
    String text = help("serve", "--help").replaceAll("\\s+", " ");
    String fallback = key.fallback().isEmpty() ? "" : " [" + key.fallback() + "]";

    assertTrue(text.contains(" --%s=VALUE %s%s ".formatted(key, key.meaning(), fallback)), text);
    assertTrue(help("--help").contains("--" + key + "=VALUE"));
  }

  @Test
  void another_command_is_refused() {
    assertRefused(
        "ringdraft: server: unknown command (expected: serve, migrate, check, verify, token, doctor,"
            + " bench, check-history, train, completion, version, help) (see --help)",
        "server",
        "--help-me");
  }

  @Test
  void options_of_the_server_stand_behind_no_other_command() {
    assertRefused(
        "ringdraft: bench: not an option (expected: --key value) (see --help)",
        "--http.port",
        "1",
        "bench");
  }

  @Test
  void nothing_stands_behind_train() {
    assertRefused(
        "ringdraft: train: --drafts (expected: nothing behind it) (see ringdraft train --help)",
        "train",
        "--drafts",
        "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --http.prot=1 | --http.prot: unknown option (did you mean --http.port?) (see --help)
          --http.port=x | http.port: x (expected: 0..65535), given by --http.port (see --help)
          --http.host nowhere | http.host: nowhere (see --help)
          bench --draft=2 | bench: --draft: unknown option (did you mean --drafts?) (see ringdraft bench --help)
          bench --drafts=0 | bench: drafts: 0 (expected: 1..100000) (see ringdraft bench --help)
          check-history --url=nowhere | check-history: Invalid value for option '--url' (URL): nowhere (expected: http://host:port) (see ringdraft check-history --help)
          check-history --members=1 | check-history: members: 1 (expected: 2..1000) (see ringdraft check-history --help)
          token --http.port=1 ana | token: --http.port: unknown option (see ringdraft token --help)
          token ana | token: no key to sign with (expected: auth.jwt.hmac-secret, or --private-key) (see ringdraft token --help)
          token | token: USER: no value (expected: USER value) (see ringdraft token --help)
          check --http.port=x | check: http.port: x (expected: 0..65535), given by --http.port (see ringdraft check --help)
          verify --draft=a/b | verify: Invalid value for option '--draft': a draft id has 1..64 characters of A-Z a-z 0-9 _ - (see ringdraft verify --help)
          doctor x | doctor: URL: x (expected: http(s)://host[:port]) (see ringdraft doctor --help)
          completion | completion: SHELL: no value (expected: bash, zsh) (see ringdraft completion --help)
          """)
  void a_refusal_names_option_value_and_limit(String arguments, String message) {
    assertRefused("ringdraft: " + message, arguments.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void a_shell_completes_commands_and_the_options_of_each(String shell) {
    String script = help("completion", shell);

    assertTrue(
        script.contains(
            "local commands=\"serve migrate check verify token doctor bench check-history train completion version help\""));
    assertTrue(script.contains("'--http.port'"), script);
    assertTrue(script.contains("'--viewers-per-draft'"), script);
  }
}
