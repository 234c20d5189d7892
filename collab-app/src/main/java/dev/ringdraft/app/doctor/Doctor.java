package dev.ringdraft.app.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens each transport of a server through a URL, and waits for an event on it. For that it creates
 * a draft, appends to it, and completes it in the end. For one thread, once.
 */
public final class Doctor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern DRAFT_ID = Pattern.compile("\"draft_id\":\"([^\"]+)\"");
  private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");
  private static final String EVENT = "collab.segment_added";
  private static final String DRAFTS = "/v1/collab/drafts";

  private final Caller caller;
  private final Consumer<Finding> report;
  private boolean healthy = true;

  /**
   * @param url of the server, without a slash at its end
   * @param credentials header fields that say who calls
   * @param report gets each finding when it is made
   */
  public Doctor(URI url, Map<String, String> credentials, Consumer<Finding> report) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.caller = new Caller(client, url, credentials);
    this.report = report;
  }

  /** Tries everything; true when all works. Blocks for half a minute at most. */
  public boolean examine() {
    if (tries("http", this::reach)) {
      HttpResponse<String> created =
          caller.send(caller.post(DRAFTS, "{\"title\":\"ringdraft doctor\"}"));
      Matcher id = DRAFT_ID.matcher(created.body());
      if (created.statusCode() == 201 && id.find()) {
        examine(id.group(1));
      } else {
        found(Finding.failed("draft", "can't be created: " + answer(created)));
        tries("websocket", this::knock);
        found(Finding.skipped("events", "no draft to watch (see --user and --token-file)"));
      }
    }
    return healthy;
  }

  private void examine(String draft) {
    String path = DRAFTS + "/" + draft;
    try {
      tries("draft", () -> compareTag(path));
      tries("websocket", () -> watchSocket(path, draft));
      tries("sse", () -> watchStream(path));
      tries("long polling", () -> poll(path));
    } finally {
      HttpResponse<String> unused =
          caller.send(
              caller
                  .request(path)
                  .header("Content-Type", "application/json")
                  .method(
                      "PATCH", HttpRequest.BodyPublishers.ofString("{\"status\":\"completed\"}")));
    }
  }

  private boolean tries(String subject, Supplier<Finding> trial) {
    Finding finding;
    try {
      finding = trial.get();
    } catch (UncheckedIOException broken) {
      finding = Finding.failed(subject, reason(broken.getCause()));
    }
    found(finding);
    return finding.verdict() == Finding.Verdict.OK;
  }

  private void found(Finding finding) {
    healthy &= finding.verdict() != Finding.Verdict.FAILED;
    report.accept(finding);
  }

  private Finding reach() {
    long begun = System.nanoTime();
    HttpResponse<String> session = caller.send(caller.request("/v1/collab/session"));
    long took = milliseconds(begun);
    if (session.statusCode() != 200 || !session.body().contains("\"development\"")) {
      return Finding.failed("http", "no Ringdraft server answers: " + answer(session));
    }
    String proxy =
        session
            .headers()
            .firstValue("Via")
            .or(() -> session.headers().firstValue("Server"))
            .orElse("");
    return Finding.ok(
        "http",
        "%s in %d ms, %s%s"
            .formatted(
                session.uri().getScheme(),
                took,
                session.version(),
                proxy.isEmpty() ? "" : ", through " + proxy));
  }

  /** A proxy that compresses changes the tag, and the server does not know it then. */
  private Finding compareTag(String path) {
    HttpResponse<String> read =
        caller.send(caller.request(path).header("Accept-Encoding", "gzip, br"));
    String tag = read.headers().firstValue("ETag").orElse("none");
    return tag.matches("\"[^\"]*\"") && !tag.contains("gzip")
        ? Finding.ok("draft", "created and read, ETag " + tag)
        : Finding.failed(
            "draft", "its ETag came as %s; switch compression off in the proxy".formatted(tag));
  }

  /** Without a draft: whether a handshake reaches the server at all. */
  private Finding knock() {
    try {
      caller
          .openSocket("/v1/ws/drafts/none", new WebSocket.Listener() {})
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .abort();
      return Finding.failed("websocket", "a handshake for no draft was accepted");
    } catch (ExecutionException refused) {
      int status =
          refused.getCause() instanceof WebSocketHandshakeException handshake
              ? handshake.getResponse().statusCode()
              : 0;
      return status == 401 || status == 404
          ? Finding.ok("websocket", "the handshake reaches the server, which answers " + status)
          : Finding.failed("websocket", socketReason(refused.getCause()));
    } catch (TimeoutException | InterruptedException silent) {
      return Finding.failed("websocket", "no answer to the handshake");
    }
  }

  private Finding watchSocket(String path, String draft) {
    Frames frames = new Frames();
    try {
      WebSocket socket =
          caller
              .openSocket("/v1/ws/drafts/" + draft, frames)
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      try {
        frames.connected.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        append(path);
        frames.event.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return Finding.ok("websocket", "an event came after %d ms".formatted(milliseconds(begun)));
      } finally {
        socket.abort();
      }
    } catch (ExecutionException refused) {
      return Finding.failed("websocket", socketReason(refused.getCause()));
    } catch (TimeoutException silent) {
      return Finding.failed("websocket", "it opens, but no event came in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Finding.failed("websocket", "interrupted");
    }
  }

  private static String socketReason(@Nullable Throwable refused) {
    return refused instanceof WebSocketHandshakeException handshake
        ? "the handshake got %d and not 101; a proxy may drop Upgrade and Connection"
            .formatted(handshake.getResponse().statusCode())
        : reason(refused);
  }

  private Finding watchStream(String path) {
    HttpResponse<InputStream> stream =
        caller.send(
            caller
                .request(path + "/events?after=" + revision(path))
                .header("Accept", "text/event-stream"),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = stream.body()) {
      if (stream.statusCode() != 200) {
        return Finding.failed("sse", "status %d".formatted(stream.statusCode()));
      }
      CompletableFuture<Boolean> event =
          CompletableFuture.supplyAsync(() -> reads(body, EVENT), Doctor::start);
      long begun = System.nanoTime();
      append(path);
      event.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Finding.ok("sse", "an event came after %d ms".formatted(milliseconds(begun)));
    } catch (TimeoutException buffered) {
      return Finding.failed("sse", "it opens, but no event came in time; a proxy may buffer");
    } catch (ExecutionException | IOException broken) {
      return Finding.failed("sse", reason(broken));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Finding.failed("sse", "interrupted");
    }
  }

  private static void start(Runnable task) {
    Thread unused = Thread.ofVirtual().start(task);
  }

  private static boolean reads(InputStream body, String text) {
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(text)) {
          return true;
        }
      }
      throw new UncheckedIOException(new IOException("the stream ended"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Finding poll(String path) {
    CompletableFuture<HttpResponse<String>> poll =
        caller.begin(caller.request(path + "/events?wait=8&after=" + revision(path)));
    long begun = System.nanoTime();
    append(path);
    try {
      HttpResponse<String> page = poll.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return page.body().contains(EVENT)
          ? Finding.ok("long polling", "an event came after %d ms".formatted(milliseconds(begun)))
          : Finding.failed("long polling", answer(page));
    } catch (ExecutionException broken) {
      return Finding.failed("long polling", reason(broken.getCause()));
    } catch (TimeoutException silent) {
      return Finding.failed("long polling", "no answer in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Finding.failed("long polling", "interrupted");
    }
  }

  private void append(String path) {
    HttpResponse<String> appended =
        caller.send(caller.post(path + "/segments", "{\"content\":\"doctor\"}"));
    if (appended.statusCode() != 201) {
      throw new UncheckedIOException(new IOException("no segment: " + answer(appended)));
    }
  }

  private String revision(String path) {
    HttpResponse<String> page = caller.send(caller.request(path + "/events?limit=1"));
    Matcher revision = REVISION.matcher(page.body().replaceFirst("(?s).*\\]", ""));
    return revision.find() ? revision.group(1) : "0";
  }

  private static String answer(HttpResponse<String> response) {
    Matcher detail = Pattern.compile("\"detail\":\"([^\"]*)\"").matcher(response.body());
    return "status %d%s"
        .formatted(response.statusCode(), detail.find() ? ", " + detail.group(1) : "");
  }

  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "no reason is known";
      case UncheckedIOException wrapped -> reason(wrapped.getCause());
      case ExecutionException wrapped -> reason(wrapped.getCause());
      case UnknownHostException unknown -> "the host can't be resolved: " + unknown.getMessage();
      case HttpTimeoutException late -> "no answer in time";
      case ConnectException refused -> "no connection: nothing listens there, or a firewall";
      case SSLException untrusted -> "TLS failed: " + untrusted.getMessage();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static long milliseconds(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }

  @Override
  public void close() {
    caller.client().shutdownNow();
  }

  /** What comes on a WebSocket. */
  private static final class Frames implements WebSocket.Listener {
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final CompletableFuture<Boolean> event = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        boolean unused =
            (text.indexOf("\"connected\"") >= 0 && connected.complete(true))
                || (text.indexOf(EVENT) >= 0 && event.complete(true));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      IOException closed = new IOException("closed with %d %s".formatted(code, reason));
      fail(closed);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      fail(failure);
    }

    private void fail(Throwable failure) {
      boolean unused = connected.completeExceptionally(failure);
      unused = event.completeExceptionally(failure);
    }
  }
}
