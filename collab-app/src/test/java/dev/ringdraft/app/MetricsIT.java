package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.app.docs.Document;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of the real program, after traffic of each kind. */
@Tag("long")
final class MetricsIT {
  private static final Pattern DRAFT_ID = Pattern.compile("\"draft_id\":\"([^\"]+)\"");
  private static final Pattern FAMILY = Pattern.compile("# TYPE (ringdraft_\\w+) (\\w+)");
  private static final Pattern NAMED =
      Pattern.compile("\\b(ringdraft|process|jvm|system)_[a-z_]+\\b");
  private static final String SEGMENTS = "route=\"/v1/collab/drafts/{draft_id}/segments\"";
  private static final String SOCKETS = "route=\"/v1/ws/drafts/{draft_id}\"";

  @TempDir private static Path folder;
  private static Program program;
  private static HttpClient client;
  private static String url;
  private static String text;

  @BeforeAll
  static void scrape_after_traffic() throws Exception {
    // Another version would have Java ask for an upgrade, whose answer may end the connection.
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    program =
        Program.start(
            folder,
            Map.of(),
            "--http.port=0",
            "--limit.requests-per-second=1",
            "--limit.requests-burst-max-count=10");
    url = program.url();
    String draft = createDraft();
    for (int i = 0; i < 3; i++) {
      assertEquals(201, append(draft, "key-" + i).statusCode());
    }
    assertEquals(201, append(draft, "key-0").statusCode());
    openSocket(client, draft, "ana");
    // Of its own, since Java's client would use the connection of a refused handshake again.
    try (HttpClient refusedClient = HttpClient.newHttpClient()) {
      openSocket(refusedClient, draft, "zed");
    } catch (CompletionException refused) {
      assertTrue(String.valueOf(refused.getCause()).contains("Handshake"), refused::toString);
    }
    for (int i = 0; i < 40; i++) {
      get("/v1/collab/drafts/no-such-draft-" + i, "greedy");
      get("/no/such/page/" + i, "ben");
    }
    get("/v1/collab/drafts", "..");
    get("/v1/nothing", "ben");
    get("/v1/collab/nothing", "eve");
    get("/", "ben");
    get("/health/ready", "ben");
    get("/metrics", "ben");
    text = get("/metrics", "ben").body();
  }

  @AfterAll
  static void stop() {
    program.close();
    client.close();
  }

  private static HttpRequest.Builder request(String path, String user) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("X-User-Id", user);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join();
  }

  private static HttpResponse<String> get(String path, String user) {
    return send(request(path, user));
  }

  private static String createDraft() {
    String created =
        send(request("/v1/collab/drafts", "ana")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"Night train\"}")))
            .body();
    Matcher id = DRAFT_ID.matcher(created);
    assertTrue(id.find(), created);
    return id.group(1);
  }

  private static HttpResponse<String> append(String draft, String key) {
    return send(
        request("/v1/collab/drafts/" + draft + "/segments", "ana")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString("{\"content\":\"a word\"}")));
  }

  private static void openSocket(HttpClient from, String draft, String user) {
    from.newWebSocketBuilder()
        .header("X-User-Id", user)
        .buildAsync(
            URI.create(url.replaceFirst("http", "ws") + "/v1/ws/drafts/" + draft),
            new WebSocket.Listener() {})
        .join();
  }

  /** The value of the only series that begins so and has these labels. */
  private static double value(String name, String... labels) {
    List<String> found =
        text.lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .toList();
    assertEquals(1, found.size(), () -> name + " " + List.of(labels) + " in " + found);
    return Double.parseDouble(found.getFirst().substring(found.getFirst().lastIndexOf(' ') + 1));
  }

  @Test
  void requests_are_counted_by_route_and_status() {
    String requests = "ringdraft_http_requests_total";

    assertEquals(4, value(requests, "method=\"POST\"", SEGMENTS, "status=\"201\""));
    assertEquals(1, value(requests, SOCKETS, "status=\"404\""));
    assertEquals(1, value(requests, "route=\"/v1/collab/drafts\"", "status=\"401\""));
    assertEquals(1, value(requests, "route=\"pages\"", "status=\"200\""));
    assertTrue(value(requests, "route=\"pages\"", "status=\"404\"") >= 40);
    assertEquals(1, value(requests, "route=\"/health/ready\"", "status=\"200\""));
    assertEquals(4, value("ringdraft_http_request_seconds_count", "method=\"POST\"", SEGMENTS));
  }

  @Test
  void nothing_that_a_caller_wrote_is_a_label() {
    assertFalse(text.contains("no-such-draft"), text);
    assertFalse(text.contains("no/such/page"), text);
    assertFalse(text.contains("greedy"), text);
  }

  @Test
  void commits_stages_limits_and_callers_are_counted() {
    assertEquals(4, value("ringdraft_commits_total", "outcome=\"committed\""));
    assertEquals(1, value("ringdraft_commits_total", "outcome=\"repeated\""));
    assertEquals(5, value("ringdraft_command_stage_seconds_count", "stage=\"commit\""));
    assertEquals(5, value("ringdraft_command_stage_seconds_count", "stage=\"queue\""));
    assertTrue(value("ringdraft_command_stage_seconds_count", "stage=\"load\"") >= 1);
    assertTrue(value("ringdraft_limited_total", "limit=\"requests\"") >= 5);
    assertEquals(1, value("ringdraft_authentications_total", "outcome=\"malformed\""));
    assertTrue(value("ringdraft_authentications_total", "outcome=\"authenticated\"") >= 40);
    assertEquals(1, value("ringdraft_sockets"));
    assertEquals(1, value("ringdraft_sockets_opened_total"));
  }

  @Test
  void the_state_of_the_server_is_shown() {
    assertEquals(1, value("ringdraft_readiness", "state=\"ready\""));
    assertEquals(0, value("ringdraft_readiness", "state=\"disk_full\""));
    assertEquals(1, value("ringdraft_build_info", "java=\"", "version=\""));
    assertEquals(10, value("ringdraft_pool_connections_limit"));
    assertEquals(0, value("ringdraft_pool_waiting"));
    assertTrue(value("ringdraft_pool_acquire_seconds_count") > 0);
    assertTrue(value("process_cpu_seconds_total") > 0);
  }

  @Test
  void each_metric_is_in_the_reference_and_no_other_is() throws IOException {
    Set<String> exported =
        FAMILY
            .matcher(text)
            .results()
            .map(family -> family.group(1))
            .filter(name -> !name.endsWith("_max"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(documented(), exported);
  }

  private static Set<String> documented() throws IOException {
    return Document.at("docs/reference/metrics.md").rows().stream()
        .filter(row -> row.size() == 3)
        .map(row -> row.getFirst().replace("`", ""))
        .filter(name -> name.startsWith("ringdraft_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void promtool_has_no_complaint() throws Exception {
    assumeTrue(PromTool.isThere(), "the metrics are NOT linted: no promtool");

    assertEquals("", PromTool.check("metrics", text));
  }

  @Test
  void the_dashboard_and_the_alerts_name_exported_metrics_only() throws IOException {
    Set<String> exported =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    for (String file : List.of("dashboard.json", "alerts.yaml")) {
      Set<String> named =
          NAMED
              .matcher(Files.readString(Document.at("docs/operations/" + file).path()))
              .results()
              .map(name -> name.group())
              .collect(Collectors.toCollection(TreeSet::new));
      assertTrue(named.size() > 10, named::toString);
      named.removeAll(exported);
      assertEquals(Set.of(), named, file);
    }
  }
}
