package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("long")
class ProgramIT {
  @TempDir private Path folder;

  private Program start(String... arguments) {
    return Program.start(folder, Map.of(), arguments);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> read(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static HttpResponse<String> createDraft(String url)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/v1/collab/drafts"))
            .header("X-User-Id", "ana")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"A ring of secret words\"}")));
  }

  /** What the server says first to ana, who looks at a draft. */
  private static String firstFrame(String url, String location) throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    String draft = location.substring(location.lastIndexOf('/') + 1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      try {
        client
            .newWebSocketBuilder()
            .subprotocols("collab.v1")
            .header("X-User-Id", "ana")
            .buildAsync(
                URI.create(url.replaceFirst("http", "ws") + "/v1/ws/drafts/" + draft),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    first.complete(text.toString());
                    return null;
                  }
                })
            .get(20, TimeUnit.SECONDS);
        return first.get(20, TimeUnit.SECONDS);
      } finally {
        client.shutdownNow();
      }
    }
  }

  @Test
  void it_serves_until_it_is_told_to_stop_and_keeps_what_it_was_given() throws Exception {
    String location;
    try (Program first = start("--http.port", "0")) {
      String url = first.url();

      assertTrue(url.matches("http://127\\.0\\.0\\.1:[1-9][0-9]*"), url);
      assertEquals("{\"status\":\"live\"}", read(url + "/health/live").body());
      assertEquals("{\"status\":\"ready\"}", read(url + "/health/ready").body());
      assertEquals(200, read(url + "/").statusCode());
      assertTrue(read(url + "/openapi.yaml").body().startsWith("openapi: 3.1"));
      assertTrue(read(url + "/asyncapi.yaml").body().startsWith("asyncapi: 3.0"));
      assertTrue(read(url + "/api.html").body().contains("appendSegment"));
      assertTrue(read(url + "/metrics").body().contains("ringdraft_subscribers 0.0"));
      assertEquals(401, read(url + "/v1/collab/drafts").statusCode());
      HttpResponse<String> created = createDraft(url);
      assertEquals(201, created.statusCode(), created.body());
      location = created.headers().firstValue("Location").orElseThrow();
      assertTrue(firstFrame(url, location).contains("\"type\":\"connected\""));
      first.terminate();
      assertEquals(0, first.exitCode(), first.errors());
      assertEquals(List.of("ringdraft ready on " + url), first.output());
      String log = first.errors();
      assertEquals(
          List.of("Development mode"),
          log.lines()
              .filter(line -> line.contains(" WARN  "))
              .map(line -> line.replaceFirst(".*: (Development mode).*", "$1"))
              .toList(),
          log);
      assertTrue(log.contains("Health and metrics are at " + url + "/health/ready and "), log);
      assertTrue(log.stripTrailing().endsWith("RingdraftServer: Stopped"), log);
      for (String line : log.lines().toList()) {
        assertTrue(
            line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z (INFO |WARN ) [A-Za-z]+: .+"), line);
      }
      assertFalse(log.contains("secret words"), log);
    }
    try (Program second = start("serve", "--http.port=0")) {
      HttpResponse<String> found =
          send(
              HttpRequest.newBuilder(URI.create(second.url() + location))
                  .header("X-User-Id", "ana"));
      assertEquals(200, found.statusCode(), found.body());
      assertTrue(found.body().contains("A ring of secret words"), found.body());
    }
  }

  @Test
  void the_log_can_be_json_of_another_level_and_names_a_secret_that_others_may_read()
      throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret of 32 bytes and some more");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    try (Program program =
        start(
            "--http.port=0",
            "--log.format=json",
            "--log.level=warn",
            "--auth.jwt.hmac-secret-file=" + secret)) {
      program.url();
      program.terminate();
      assertEquals(0, program.exitCode(), program.errors());

      List<String> lines = program.errors().lines().toList();
      assertEquals(1, lines.size(), program.errors());
      JsonNode line = new ObjectMapper().readTree(lines.getFirst());
      assertEquals("WARN", line.path("log.level").asText());
      assertEquals("ringdraft", line.path("service.name").asText());
      assertEquals(
          "auth.jwt.hmac-secret-file: every account of this machine may read %s (rw-r--r--); use chmod o= on it"
              .formatted(secret),
          line.path("message").asText());
    }
  }

  @Test
  void health_can_have_a_port_of_its_own() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Program program = start("--http.port=0", "--admin.port=" + port)) {
      String url = program.url();

      assertEquals(200, read("http://127.0.0.1:" + port + "/health/ready").statusCode());
      assertEquals(404, read(url + "/health/ready").statusCode());
    }
  }

  @Test
  void operators_change_the_levels_of_the_log_while_it_runs() throws Exception {
    String token = "a token of operators, 32 bytes at least";
    Path file = Files.writeString(folder.resolve("token"), token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (Program program = start("--http.port=0", "--admin.token-file=" + file)) {
      String levels = program.url() + "/log-levels";
      String logger = "dev.ringdraft.app.ShutdownSequence";
      URI debug = URI.create(levels + "/" + logger + "?level=debug");

      assertEquals(401, send(HttpRequest.newBuilder(debug).PUT(noBody())).statusCode());
      HttpResponse<String> changed =
          send(
              HttpRequest.newBuilder(debug)
                  .header("Authorization", "Bearer " + token)
                  .PUT(noBody()));
      assertEquals(
          "{\"data\":{\"dev.ringdraft\":\"info\",\"%s\":\"debug\"}}".formatted(logger),
          changed.body());
      program.terminate();

      assertEquals(0, program.exitCode(), program.errors());
      String log = program.errors();
      assertTrue(log.contains("LogbackLevels: Log level of %s: debug".formatted(logger)), log);
      assertTrue(log.contains("DEBUG ShutdownSequence: "), log);
      assertTrue(log.contains("not the token of admin.token-file"), log);
      assertFalse(log.contains(token), log);
    }
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  @Test
  void a_second_program_on_the_same_data_is_refused() throws Exception {
    try (Program first = start("--http.port=0")) {
      first.url();

      assertRefused(
          1,
          "ringdraft: %s is in use by another process: stop that one, or set another data.dir"
              .formatted(folder.toRealPath().resolve("data")),
          "--http.port=0");
    }
  }

  @Test
  void systemd_is_notified_once_requests_succeed() throws Exception {
    Path notified = folder.resolve("notified");
    Path fake = Files.createDirectory(folder.resolve("bin")).resolve("systemd-notify");
    Files.writeString(fake, "#!/bin/sh\necho \"$NOTIFY_SOCKET $*\" >>'%s'\n".formatted(notified));
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of(
            "NOTIFY_SOCKET",
            "/run/systemd/notify",
            "PATH",
            fake.getParent() + ":" + System.getenv("PATH"));
    try (Program program = Program.start(folder, environment, "--http.port=0")) {
      program.url();
      Eventually.until(() -> Files.exists(notified));
      program.terminate();

      assertEquals(0, program.exitCode(), program.errors());
      assertEquals("/run/systemd/notify --ready\n", Files.readString(notified));
    }
  }

  @Test
  void it_can_be_stopped_while_it_starts() throws Exception {
    try (Program program = start("--http.port=0")) {
      program.awaitLog("Development mode");
      program.terminate();

      assertEquals(0, program.exitCode(), program.errors());
      assertEquals(List.of(), program.output());
    }
    try (Program again = start("--http.port=0")) {
      assertTrue(again.url().startsWith("http://"));
    }
  }

  @Test
  void it_stops_with_its_parent_when_that_is_asked_for() throws Exception {
    Path parent = Files.writeString(folder.resolve("parent"), "#!/bin/sh\n\"$@\" &\nwait\n");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Program program =
        Program.startBy(
            List.of(parent.toString()),
            folder,
            Map.of("RINGDRAFT_WITH_PARENT", "true"),
            "--http.port=0")) {
      program.url();
      program.terminate();

      program.awaitLog("RingdraftServer: Stopped");
    }
  }

  @Test
  void a_taken_port_is_refused() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertRefused(
          1,
          ("ringdraft: http.port: %d is taken by another process on 127.0.0.1: stop that one, or"
                  + " choose another port (--http.port 0 for any free one)")
              .formatted(port),
          "--http.port",
          Integer.toString(port));
    }
    assertFalse(Files.exists(folder.resolve("data")), "nothing was started in vain");
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_refused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    String line = refusal(1, "--http.port=0", "--data.dir", file + "/data");

    assertTrue(line.startsWith("ringdraft: " + file.toRealPath() + "/data can't be written"), line);
    assertTrue(line.endsWith(": set another data.dir"), line);
  }

  @Test
  void a_database_that_refuses_is_told() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String line =
        refusal(
            1,
            "--http.port=0",
            "--database.url=jdbc:postgresql://127.0.0.1:%d/drafts?password=hidden".formatted(port),
            "--database.start-timeout-seconds=1",
            "--database.user=ana",
            "--database.password=secret");

    assertTrue(
        line.startsWith(
            "ringdraft: the database at jdbc:postgresql://127.0.0.1:%d/drafts refuses: "
                .formatted(port)),
        line);
    assertFalse(line.contains("hidden") || line.contains("secret"), line);
  }

  @Test
  void what_cannot_be_meant_is_refused() throws Exception {
    assertRefused(
        2,
        "ringdraft: --http.prot: unknown option (did you mean --http.port?) (see --help)",
        "--http.prot=1");
    assertRefused(
        2,
        "ringdraft: auth.dev: true (expected: false, since http.host 0.0.0.0 is not loopback and"
            + " everybody could be anybody) (see --help)",
        "--http.host=0.0.0.0",
        "--auth.dev=true");
    assertRefused(
        2,
        "ringdraft: database.pool.size: 91 (expected: 1..90 for the embedded PostgreSQL)"
            + " (see --help)",
        "--database.pool.size=91",
        "--http.port=0");
    try (Program program =
        Program.start(folder, Map.of("COLLAB_HTTP_PROT", "1"), "--http.port=0")) {
      assertEquals(2, program.exitCode());
      assertEquals(
          "ringdraft: COLLAB_HTTP_PROT: unknown environment variable (did you mean"
              + " COLLAB_HTTP_PORT?) (see --help)\n",
          program.errors());
    }
  }

  @Test
  void it_explains_itself() throws Exception {
    try (Program help = start("--help");
        Program version = start("--version")) {
      assertEquals(0, help.exitCode());
      assertTrue(
          help.output().contains("Usage: ringdraft [serve] [--config FILE] [--KEY VALUE ...]"));
      assertEquals("", help.errors());
      assertEquals(0, version.exitCode());
      assertTrue(version.output().getFirst().matches("ringdraft \\d+\\.\\d+\\.\\d+.*"));
      assertEquals("", version.errors());
    }
  }

  @Test
  void an_old_or_missing_Java_is_passed_over_but_not_where_it_was_said() throws Exception {
    Path old = fakeJava("17.0.1");
    try (Program elsewhere =
            Program.start(folder, Map.of("JAVA_HOME", old.toString()), "--version");
        Program said =
            Program.start(folder, Map.of("RINGDRAFT_JAVA_HOME", old.toString()), "--version")) {
      assertEquals(0, elsewhere.exitCode(), elsewhere.errors());
      assertEquals(2, said.exitCode());
      assertEquals(
          "ringdraft: RINGDRAFT_JAVA_HOME: %s (expected: a JDK of 21 or newer)\n".formatted(old),
          said.errors());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.2", "25"})
  void Java_gets_the_options_that_it_knows(String version) throws Exception {
    Path java = fakeJava(version);
    try (Program program =
        Program.start(
            folder,
            Map.of("JAVA_HOME", java.toString(), "RINGDRAFT_JAVA_OPTIONS", "-Xmx1g -Da=b"),
            "--http.port",
            "a b")) {
      assertEquals(0, program.exitCode(), program.errors());
      List<String> options = program.output();
      assertTrue(options.containsAll(List.of("-Xmx1g", "-Da=b", "--http.port", "a b")));
      assertEquals(version.startsWith("25"), options.contains("-XX:+UseCompactObjectHeaders"));
      // Java 21 does not start with a name of a log that it doesn't know.
      assertEquals(
          version.startsWith("25"), options.stream().anyMatch(option -> option.contains("aot")));
      assertTrue(options.contains("-XX:+UseSerialGC"), () -> "" + options);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RINGDRAFT_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
  void who_names_a_collector_gets_that_one_alone(String variable) throws Exception {
    String named = "-XX:+UseLargePages -XX:+UseG1GC -Xmx1g";
    assertFalse(optionsWith(variable, named).contains("-XX:+UseSerialGC"));
    String unnamed = "-XX:+UseLargePages -XX:MaxGCPauseMillis=20";
    assertTrue(optionsWith(variable, unnamed).contains("-XX:+UseSerialGC"));
  }

  private List<String> optionsWith(String variable, String value) throws Exception {
    Path java = fakeJava("25");
    try (Program program =
        Program.start(folder, Map.of("JAVA_HOME", java.toString(), variable, value))) {
      assertEquals(0, program.exitCode(), program.errors());
      return program.output();
    }
  }

  /** A folder that looks like a JDK of this version, and says what it is called with. */
  private Path fakeJava(String version) throws IOException {
    Path home = folder.toRealPath().resolve("jdk-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Path java =
        Files.writeString(
            home.resolve("bin/java"), "#!/bin/sh\nfor each in \"$@\"; do echo \"$each\"; done\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private void assertRefused(int exitCode, String line, String... arguments) throws Exception {
    assertEquals(line, refusal(exitCode, arguments));
  }

  /** The only line on standard error that is not from the log. */
  private String refusal(int exitCode, String... arguments) throws Exception {
    try (Program program = start(arguments)) {
      assertEquals(exitCode, program.exitCode(), program.errors());
      assertEquals(List.of(), program.output());
      List<String> lines =
          program
              .errors()
              .lines()
              .filter(line -> !line.matches("\\d{4}-.* (INFO|WARN) .*"))
              .toList();
      assertEquals(1, lines.size(), program.errors());
      return lines.getFirst();
    }
  }
}
