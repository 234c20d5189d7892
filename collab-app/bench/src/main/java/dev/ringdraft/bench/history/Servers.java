package dev.ringdraft.bench.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The servers of one deployment in development mode, over HTTP. Thread-safe. */
final class Servers implements AutoCloseable {
  /** Longer than a server works on a command. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final String BASE = "/v1/collab/drafts";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An answer.
   *
   * @param json its body; missing if it has none
   */
  record Answer(int status, JsonNode json) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final List<URI> urls;

  Servers(List<URI> urls) {
    this.urls = List.copyOf(urls);
  }

  List<URI> all() {
    return urls;
  }

  /** One of them. */
  URI any() {
    return urls.get(ThreadLocalRandom.current().nextInt(urls.size()));
  }

  HttpClient http() {
    return http;
  }

  /** The address of a draft's part, such as {@code segments}. */
  static URI draft(URI server, String id, String part) {
    return URI.create(server + BASE + "/" + id + (part.isEmpty() ? "" : "/" + part));
  }

  static URI drafts(URI server) {
    return URI.create(server + BASE);
  }

  /** A request of a user, who is believed in development mode. */
  static HttpRequest.Builder request(URI address, String user) {
    return HttpRequest.newBuilder(address).header("X-User-Id", user).timeout(PATIENCE);
  }

  /** Sends JSON under an idempotency key. */
  Answer post(URI address, String user, String key, Map<String, String> body)
      throws IOException, InterruptedException {
    return send(
        request(address, user)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build());
  }

  Answer get(URI address, String user) throws IOException, InterruptedException {
    return send(request(address, user).build());
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), parse(response.body()));
  }

  /** The missing node for what is no JSON. */
  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
