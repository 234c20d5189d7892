package dev.ringdraft.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs on the server: drafts, each with an owner who writes, and members who view. A
 * member has {@link #SEATS} seats, as many as a user may have connections by default; the owner has
 * the first ones.
 */
final class Stage {
  /** Seats of one user. */
  static final int SEATS = 10;

  private static final int AT_ONCE = 16;
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\"draft_id\":\"([^\"]*)\"");

  private final BenchOptions options;
  private final HttpClient client;

  private Stage(BenchOptions options, HttpClient client) {
    this.options = options;
    this.client = client;
  }

  /** Makes the drafts, and gives for each the seats: the writer's first, then the viewers'. */
  static List<List<Seat>> set(BenchOptions options) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService tasks = Executors.newFixedThreadPool(AT_ONCE)) {
      Stage stage = new Stage(options, client);
      List<Future<List<Seat>>> drafts = new ArrayList<>();
      for (int i = 0; i < options.drafts(); i++) {
        int draft = i;
        drafts.add(tasks.submit(() -> stage.draft(draft)));
      }
      List<List<Seat>> seats = new ArrayList<>();
      try {
        for (Future<List<Seat>> draft : drafts) {
          seats.add(draft.get());
        }
      } catch (ExecutionException failed) {
        tasks.shutdownNow();
        throw refused(failed.getCause());
      }
      return seats;
    }
  }

  private static BenchException refused(@Nullable Throwable cause) {
    if (cause instanceof BenchException known) {
      return known;
    }
    BenchException refused = new BenchException("the drafts could not be made: " + cause);
    refused.initCause(cause);
    return refused;
  }

  private List<Seat> draft(int draft) throws InterruptedException {
    String owner = "bench-owner-" + draft;
    String created = post("/drafts", owner, "{\"title\":\"Bench %d\"}".formatted(draft));
    String id = first(ID, created);
    int members = (options.viewersPerDraft() + SEATS - 1) / SEATS;
    long head = 1;
    for (int i = 1; i < members && options.token() == null; i++) {
      String answer =
          post(
              "/drafts/" + id + "/collaborators",
              owner,
              "{\"user_id\":\"%s\",\"role\":\"viewer\"}".formatted(viewer(draft, i)));
      head = EventScan.revisionIn(answer.getBytes(UTF_8), 0, answer.length());
    }
    List<Seat> seats = new ArrayList<>();
    String epoch = first(EPOCH, created);
    seats.add(new Seat(draft, id, epoch, head, owner, false));
    for (int i = 0; i < options.viewersPerDraft(); i++) {
      String user = i < SEATS ? owner : viewer(draft, i / SEATS);
      boolean stalls = draft + (long) i * options.drafts() < options.stalled();
      seats.add(new Seat(draft, id, epoch, head, user, stalls));
    }
    return seats;
  }

  private static String viewer(int draft, int member) {
    return "bench-viewer-%d-%d".formatted(draft, member);
  }

  private String post(String path, String user, String body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + "/v1/collab" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String token = options.token();
    request =
        token == null
            ? request.header("X-User-Id", user)
            : request.header("Authorization", "Bearer " + token);
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new BenchException(
            "POST %s was refused: %s"
                .formatted(path, Problems.told(answer.statusCode(), answer.body())));
      }
      return answer.body();
    } catch (IOException unreachable) {
      throw new BenchException(
          "no server answers at %s (%s)"
              .formatted(address(), unreachable.getClass().getSimpleName()),
          unreachable);
    }
  }

  private String address() {
    return options.url().toString().replaceFirst("/+$", "");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BenchException("this is not the answer of a Ringdraft server: " + text);
    }
    return matcher.group(1);
  }
}
