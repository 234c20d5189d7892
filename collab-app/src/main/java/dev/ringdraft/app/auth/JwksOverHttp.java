package dev.ringdraft.app.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a key set over HTTP, from start to end within 5 seconds unless said otherwise, 256 KiB at
 * most, without following redirects.
 */
final class JwksOverHttp implements JwksKeys.Source {
  static final int MAX_BYTES = 256 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration WHOLE_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final HttpRequest request;
  private final Duration within;

  JwksOverHttp(URI url) {
    this(url, WHOLE_TIMEOUT);
  }

  /**
   * @param within longest time of a fetch, from start to end
   */
  JwksOverHttp(URI url, Duration within) {
    this.within = within;
    request =
        HttpRequest.newBuilder(url)
            .timeout(within)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
  }

  @Override
  public CompletableFuture<String> read() {
    CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, bounded());
    return exchange
        .copy()
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((response, failure) -> exchange.cancel(true))
        .thenCompose(JwksOverHttp::bodyOf);
  }

  private static CompletableFuture<String> bodyOf(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return CompletableFuture.failedFuture(new IOException("status " + response.statusCode()));
    }
    return CompletableFuture.completedFuture(new String(response.body(), StandardCharsets.UTF_8));
  }

  private static BodyHandler<byte[]> bounded() {
    return head -> new BoundedBody(BodySubscribers.ofByteArray(), MAX_BYTES);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
