package dev.ringdraft.app.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests to one server as one user. Safe for use by many threads.
 *
 * @param url of the server, without a slash at its end
 * @param credentials header fields that say who calls
 */
record Caller(HttpClient client, URI url, Map<String, String> credentials) {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    credentials.forEach(request::setHeader);
    return request;
  }

  HttpRequest.Builder post(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  /** Waits for the answer. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", interrupted));
    }
  }

  CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<WebSocket> openSocket(String path, WebSocket.Listener listener) {
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
    credentials.forEach(builder::header);
    String address = url.toString().replaceFirst("^http", "ws");
    return builder.buildAsync(URI.create(address + path), listener);
  }
}
