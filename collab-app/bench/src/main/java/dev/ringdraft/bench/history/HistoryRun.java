package dev.ringdraft.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.history.Feed.Position;
import dev.ringdraft.bench.history.Feed.Transport;
import dev.ringdraft.bench.history.Writer.Member;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Members who write in some drafts, and subscribers of each, for a time. Their requests and events
 * are the result. Faults come from outside: the run goes on whatever its servers do.
 */
public final class HistoryRun implements AutoCloseable {
  /** In-flight commands end within this time after the last request. */
  private static final Duration COMMANDS_END = Duration.ofSeconds(6);

  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(90);
  private static final int PAGE = 500;
  private static final long RETRY_MILLISECONDS = 200;

  /**
   * How much there is to do.
   *
   * @param members of each draft, 2 or more; the first is the creator
   * @param subscribersPerTransport of each draft
   */
  public record Size(int drafts, int members, int subscribersPerTransport) {}

  private static final class WatchedDraft {
    private final String id;
    private final List<String> users;
    private final AtomicLong end = new AtomicLong(Long.MAX_VALUE);
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    WatchedDraft(String id, List<String> users) {
      this.id = id;
      this.users = users;
    }
  }

  private final Servers servers;
  private final Size size;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<WatchedDraft> drafts = new ArrayList<>();

  private HistoryRun(Servers servers, Size size) {
    this.servers = servers;
    this.size = size;
  }

  /**
   * Creates the drafts with their members. Blocks.
   *
   * @param servers of one database, in development mode
   */
  public static HistoryRun prepare(List<URI> servers, Size size) throws InterruptedException {
    HistoryRun run = new HistoryRun(new Servers(servers), size);
    try {
      for (int i = 0; i < size.drafts(); i++) {
        run.drafts.add(run.create(i));
      }
      return run;
    } catch (IOException unreachable) {
      run.close();
      throw new BenchException("no server answers: " + unreachable.getMessage(), unreachable);
    }
  }

  /** Writes and watches for a time, and checks the history. Blocks until all is quiet again. */
  public HistoryReport check(Duration duration) throws InterruptedException {
    write(duration);
    return read();
  }

  @Override
  public void close() {
    servers.close();
  }

  private WatchedDraft create(int number) throws IOException, InterruptedException {
    String suffix = "%d-%s".formatted(number, UUID.randomUUID().toString().substring(0, 8));
    List<String> users =
        IntStream.range(0, size.members())
            .mapToObj(i -> "writer-%d-%s".formatted(i, suffix))
            .toList();
    URI server = servers.all().getFirst();
    JsonNode created =
        done(
            servers.post(
                Servers.drafts(server),
                users.getFirst(),
                "create",
                Map.of("title", "History " + suffix)));
    String id = created.path("data").path("draft_id").asText();
    String epoch = created.path("data").path("epoch").asText();
    WatchedDraft draft = new WatchedDraft(id, users);
    long revision = created.path("data").path("revision").asLong();
    for (String user : users.subList(1, users.size())) {
      revision = add(server, draft, user, "contributor");
    }
    for (Transport transport : Transport.values()) {
      for (int i = 0; i < size.subscribersPerTransport(); i++) {
        String viewer = "viewer-%s-%d-%s".formatted(transport, i, suffix);
        revision = add(server, draft, viewer, "viewer");
        draft.subscriptions.add(
            new Subscription(
                servers, transport, new Position(id, viewer, revision, epoch), draft.end));
      }
    }
    return draft;
  }

  private long add(URI server, WatchedDraft draft, String user, String role)
      throws IOException, InterruptedException {
    return done(servers.post(
            Servers.draft(server, draft.id, "collaborators"),
            draft.users.getFirst(),
            user,
            Map.of("user_id", user, "role", role)))
        .path("revision")
        .asLong();
  }

  private static JsonNode done(Servers.Answer answer) {
    if (!answer.isSuccess()) {
      throw new BenchException("status %d %s".formatted(answer.status(), answer.json()));
    }
    return answer.json();
  }

  private void write(Duration duration) throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (WatchedDraft draft : drafts) {
      draft.subscriptions.forEach(Thread::startVirtualThread);
      for (String user : draft.users) {
        List<String> others = draft.users.stream().filter(other -> !other.equals(user)).toList();
        Member member = new Member(draft.id, user, others);
        writers.add(Thread.startVirtualThread(new Writer(servers, member, over, draft.attempts)));
      }
    }
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    over.set(true);
    for (Thread writer : writers) {
      writer.join();
    }
    TimeUnit.NANOSECONDS.sleep(COMMANDS_END.toNanos());
  }

  private HistoryReport read() throws InterruptedException {
    HistoryReport report = new HistoryReport();
    long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
    for (WatchedDraft draft : drafts) {
      String creator = draft.users.getFirst();
      List<LoggedEvent> log = log(servers.all().getFirst(), draft, deadline);
      draft.end.set(log.size());
      List<JsonNode> snapshots = new ArrayList<>();
      for (URI server : servers.all()) {
        snapshots.add(get(Servers.draft(server, draft.id, ""), creator, deadline).path("data"));
      }
      for (Subscription subscription : draft.subscriptions) {
        subscription.awaitEnd(deadline);
      }
      report.add(
          draft.id,
          new DraftHistory(
              creator,
              List.copyOf(draft.attempts),
              log,
              snapshots,
              draft.subscriptions.stream().map(Subscription::delivery).toList()),
          draft.subscriptions.stream().mapToInt(Subscription::connects).sum());
    }
    return report;
  }

  private List<LoggedEvent> log(URI server, WatchedDraft draft, long deadline)
      throws InterruptedException {
    List<LoggedEvent> log = new ArrayList<>();
    while (true) {
      String page = "events?after=%d&limit=%d".formatted(log.size(), PAGE);
      JsonNode events =
          get(Servers.draft(server, draft.id, page), draft.users.getFirst(), deadline).path("data");
      if (events.isEmpty()) {
        return log;
      }
      events.forEach(event -> log.add(new LoggedEvent(event)));
    }
  }

  /** Asks until there is an answer: the servers may still be recovering from a fault. */
  private JsonNode get(URI address, String user, long deadline) throws InterruptedException {
    while (true) {
      try {
        return done(servers.get(address, user));
      } catch (IOException | BenchException failed) {
        if (System.nanoTime() > deadline) {
          throw new BenchException("no server answers: " + failed.getMessage(), failed);
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
      }
    }
  }
}
