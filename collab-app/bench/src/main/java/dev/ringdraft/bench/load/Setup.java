package dev.ringdraft.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.ProblemText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Creates what a bench needs on the server: drafts, each with an owner who appends, and members who
 * view. A member has {@link #CONNECTIONS_PER_USER} connections, as many as a user may have by
 * default. The owner views too, by the first ones.
 */
final class Setup {
  static final int CONNECTIONS_PER_USER = 10;

  private static final int CONCURRENCY = 16;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_PAUSES = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchOptions options;
  private final HttpClient client;

  private Setup(BenchOptions options, HttpClient client) {
    this.options = options;
    this.client = client;
  }

  /** Creates the drafts, and returns for each its owner first, then its viewers. Blocks. */
  static List<List<ViewerSpec>> create(BenchOptions options) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService tasks = Executors.newFixedThreadPool(CONCURRENCY)) {
      Setup setup = new Setup(options, client);
      List<Future<List<ViewerSpec>>> drafts = new ArrayList<>();
      for (int i = 0; i < options.drafts(); i++) {
        int draft = i;
        drafts.add(tasks.submit(() -> setup.draft(draft)));
      }
      List<List<ViewerSpec>> specs = new ArrayList<>();
      try {
        for (Future<List<ViewerSpec>> draft : drafts) {
          specs.add(draft.get());
        }
      } catch (ExecutionException failed) {
        tasks.shutdownNow();
        throw failed.getCause() instanceof BenchException known
            ? known
            : new BenchException(
                "the drafts could not be created: " + failed.getCause(), failed.getCause());
      }
      return specs;
    }
  }

  private List<ViewerSpec> draft(int draft) throws InterruptedException {
    String owner = "bench-owner-" + draft;
    JsonNode created = post("/drafts", owner, Map.of("title", "Bench " + draft)).path("data");
    String id = text(created, "draft_id");
    String epoch = text(created, "epoch");
    int members = (options.viewersPerDraft() + CONNECTIONS_PER_USER - 1) / CONNECTIONS_PER_USER;
    long head = 1;
    for (int i = 1; i < members && options.token() == null; i++) {
      Map<String, String> viewer = Map.of("user_id", viewer(draft, i), "role", "viewer");
      head = post("/drafts/" + id + "/collaborators", owner, viewer).path("revision").asLong(head);
    }
    List<ViewerSpec> specs = new ArrayList<>();
    specs.add(new ViewerSpec(draft, id, epoch, head, owner, false));
    for (int i = 0; i < options.viewersPerDraft(); i++) {
      String user = i < CONNECTIONS_PER_USER ? owner : viewer(draft, i / CONNECTIONS_PER_USER);
      boolean stalls = draft + (long) i * options.drafts() < options.stalled();
      specs.add(new ViewerSpec(draft, id, epoch, head, user, stalls));
    }
    return specs;
  }

  private static String viewer(int draft, int member) {
    return "bench-viewer-%d-%d".formatted(draft, member);
  }

  private JsonNode post(String path, String user, Map<String, String> body)
      throws InterruptedException {
    String token = options.token();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address() + "/v1/collab" + path))
              .header("Content-Type", "application/json")
              .header(
                  token == null ? "X-User-Id" : "Authorization",
                  token == null ? user : "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build();
      HttpResponse<String> response = sendPaced(request);
      if (response.statusCode() != 201) {
        throw new BenchException(
            "POST %s was refused: %s"
                .formatted(path, ProblemText.of(response.statusCode(), response.body())));
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException noJson) {
      throw new BenchException("this is no response of a Ringdraft server: no JSON", noJson);
    } catch (IOException unreachable) {
      throw new BenchException(
          "no server answers at %s (%s)"
              .formatted(address(), unreachable.getClass().getSimpleName()),
          unreachable);
    }
  }

  /** Sends again after the time that a rate limit names. */
  private HttpResponse<String> sendPaced(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    for (int i = 0; i < MAX_PAUSES && response.statusCode() == TOO_MANY_REQUESTS; i++) {
      TimeUnit.SECONDS.sleep(response.headers().firstValueAsLong("Retry-After").orElse(1));
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    return response;
  }

  private String address() {
    return options.url().toString().replaceFirst("/+$", "");
  }

  private static String text(JsonNode response, String field) {
    String text = response.path(field).asText("");
    if (text.isEmpty()) {
      throw new BenchException("this is no response of a Ringdraft server: no " + field);
    }
    return text;
  }
}
