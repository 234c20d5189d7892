package dev.ringdraft.app.story;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a stranger waits to be told 404 of a draft, and of one that is not there, by
 * turns. Run its main method with the address of a program in development mode that limits neither
 * requests nor handshakes, and how many collaborators and segments the draft shall have; it is no
 * test.
 */
public final class ProbingTimes {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int WARM_UP = 500;
  private static final int PAIRS = 1_000;

  private final String url;

  private ProbingTimes(String url) {
    this.url = url;
  }

  /** Asks for a draft once, and is told 404. */
  @FunctionalInterface
  private interface Probe {
    void of(String draft) throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws Exception {
    ProbingTimes times = new ProbingTimes(arguments[0]);
    String draft = times.draft(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    Map<String, Probe> probes = new LinkedHashMap<>();
    probes.put("GET draft", id -> times.send("GET", "/drafts/" + id, null));
    probes.put("GET events", id -> times.send("GET", "/drafts/" + id + "/events", null));
    probes.put(
        "GET events, wait", id -> times.send("GET", "/drafts/" + id + "/events?wait=9", null));
    probes.put("GET presence", id -> times.send("GET", "/drafts/" + id + "/presence", null));
    probes.put(
        "POST segment",
        id -> times.send("POST", "/drafts/" + id + "/segments", "{\"content\":\"a\"}"));
    probes.put("WebSocket", times::shakeHands);
    System.out.println("| 404 to | there p50, p99 µs | not there p50, p99 µs | there was slower |");
    System.out.println("|---|---|---|---|");
    for (Map.Entry<String, Probe> probe : probes.entrySet()) {
      times.print(probe.getKey(), probe.getValue(), draft);
    }
  }

  private String draft(int collaborators, int segments) throws IOException, InterruptedException {
    Person ana = new Person("ana", url);
    String id =
        ana.post("/drafts", Person.body().put("title", "Long"))
            .expect(201)
            .data()
            .get("draft_id")
            .asText();
    for (int number = 0; number < collaborators; number++) {
      ana.post("/drafts/" + id + "/collaborators", Person.body().put("user_id", "user-" + number))
          .expect(201);
    }
    for (int number = 0; number < segments; number++) {
      ana.append(id, "So they wrote on, by turns. ".repeat(10), null).expect(201);
    }
    return id;
  }

  private void print(String name, Probe probe, String draft) throws Exception {
    long[] there = new long[PAIRS];
    long[] nowhere = new long[PAIRS];
    int slower = 0;
    for (int pair = -WARM_UP; pair < PAIRS; pair++) {
      String none = UUID.randomUUID().toString();
      boolean thereFirst = pair % 2 == 0;
      long first = nanos(probe, thereFirst ? draft : none);
      long second = nanos(probe, thereFirst ? none : draft);
      if (pair >= 0) {
        there[pair] = thereFirst ? first : second;
        nowhere[pair] = thereFirst ? second : first;
        slower += there[pair] > nowhere[pair] ? 1 : 0;
      }
    }
    System.out.printf(
        "| %s | %s | %s | %.1f %% |%n",
        name, quantiles(there), quantiles(nowhere), 100.0 * slower / PAIRS);
  }

  private static long nanos(Probe probe, String draft) throws Exception {
    long before = System.nanoTime();
    probe.of(draft);
    return System.nanoTime() - before;
  }

  private static String quantiles(long[] nanos) {
    Arrays.sort(nanos);
    return "%d, %d"
        .formatted(nanos[nanos.length / 2] / 1_000, nanos[nanos.length * 99 / 100] / 1_000);
  }

  private void send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/v1/collab" + path))
            .header("X-User-Id", "zed")
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    int status = HTTP.send(request.build(), BodyHandlers.ofString()).statusCode();
    if (status != 404) {
      throw new AssertionError(method + " " + path + ": " + status);
    }
  }

  private void shakeHands(String draft) throws IOException {
    URI server = URI.create(url);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              GET /v1/ws/drafts/%s HTTP/1.1\r
              Host: %s\r
              X-User-Id: zed\r
              Connection: Upgrade\r
              Upgrade: websocket\r
              Sec-WebSocket-Version: 13\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              \r
              """
                  .formatted(draft, server.getAuthority())
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answer.startsWith("HTTP/1.1 404 ")) {
        throw new AssertionError(answer);
      }
    }
  }
}
