package dev.ringdraft.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who asks, with the header fields that they always send. Every answer is held against
 * {@code docs/openapi.yaml} and against what all answers promise.
 */
public final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RestServer server;
  private final String[] always;

  RestClient(RestServer server, String... always) {
    this.server = server;
    this.always = always;
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String json, String... headers) {
    return send("POST", path, BodyPublishers.ofString(json), asJson(headers));
  }

  Answer patch(String path, String json, String... headers) {
    return send("PATCH", path, BodyPublishers.ofString(json), asJson(headers));
  }

  /** A request to a path below {@code /v1/collab}. */
  Answer send(String method, String path, BodyPublisher body, String... headers) {
    Answer answer = sendTo(method, "/v1/collab" + path, body, headers);
    answer.keepsThePromisesOfAll();
    OpenApi.document().mustKnow(method, path, answer.status());
    return answer;
  }

  /** A request to a path below {@code /v1/collab} whose answer is not waited for yet. */
  public CompletableFuture<Answer> starts(String path, String... headers) {
    return HTTP.sendAsync(
            request("GET", "/v1/collab" + path, BodyPublishers.noBody(), headers),
            BodyHandlers.ofString(StandardCharsets.UTF_8))
        .thenApply(
            response -> {
              Answer answer = new Answer(response);
              answer.keepsThePromisesOfAll();
              OpenApi.document().mustKnow("GET", path, answer.status());
              return answer;
            });
  }

  /** A request to any path of the server. */
  Answer sendTo(String method, String path, BodyPublisher body, String... headers) {
    try {
      return new Answer(
          HTTP.send(
              request(method, path, body, headers), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException failed) {
      throw new AssertionError(method + " " + path, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, body);
    for (String[] fields : List.of(always, headers)) {
      if (fields.length > 0) {
        request.headers(fields);
      }
    }
    return request.build();
  }

  /** Starts a draft and tells its id. */
  String startsADraft() {
    return post("/drafts", "{\"title\":\"Dusk\"}").mustBe(201).at("/data/draft_id");
  }

  void adds(String user, String role, String draft) {
    post(
            "/drafts/" + draft + "/collaborators",
            "{\"user_id\":\"%s\",\"role\":\"%s\"}".formatted(user, role))
        .mustBe(201);
  }

  public Answer appends(String content, String draft, String... headers) {
    return post(
        "/drafts/" + draft + "/segments", "{\"content\":\"%s\"}".formatted(content), headers);
  }

  public Answer passesTo(String user, String draft, String... headers) {
    return post(
        "/drafts/" + draft + "/pass-ring", "{\"to_user_id\":\"%s\"}".formatted(user), headers);
  }

  private static String[] asJson(String[] headers) {
    String[] more = new String[headers.length + 2];
    more[0] = "Content-Type";
    more[1] = "application/json";
    System.arraycopy(headers, 0, more, 2, headers.length);
    return more;
  }
}
