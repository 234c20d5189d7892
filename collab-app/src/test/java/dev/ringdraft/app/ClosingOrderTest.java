package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.AccessServices;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.app.http.Listener;
import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.timer.TurnTimer;
import dev.ringdraft.websocket.WebSocketTransport;
import dev.ringdraft.websocket.config.WebSocketSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a server may be closed in any order, also while they are used. */
@Tag("long")
final class ClosingOrderTest {
  private static final UserId ANA = new UserId("ana");
  private static final int BEFORE_CLOSING = 20;

  /** Names of threads that the parts start. */
  private static final Set<String> STARTED =
      Set.of("room-ticker", "turn-timer", "websocket-timer", "ringdraft", "mapping", "http");

  private static EmbeddedPostgres postgres;
  private static DatabaseSettings settings;

  enum Part {
    ROOMS,
    DATABASE,
    TIMER,
    SOCKETS
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    postgres = EmbeddedPostgres.start(folder);
    settings = DatabaseSettings.of(postgres.url(), postgres.user(), postgres.password(), 4);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  static Stream<List<Part>> orders() {
    return permutations(List.of(), List.of(Part.values()));
  }

  private static Stream<List<Part>> permutations(List<Part> chosen, List<Part> left) {
    return left.isEmpty()
        ? Stream.of(chosen)
        : left.stream()
            .flatMap(
                next -> {
                  List<Part> longer = new ArrayList<>(chosen);
                  longer.add(next);
                  return permutations(longer, left.stream().filter(each -> each != next).toList());
                });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void nothing_fails_no_thread_stays_and_no_acknowledged_event_is_lost(List<Part> order)
      throws Exception {
    Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
    try {
      Server server = new Server();
      server.watch();
      server.write();
      Eventually.until(() -> server.acknowledged.size() > BEFORE_CLOSING);

      for (Part part : order) {
        server.close(part);
      }
      server.stopWriting();

      Eventually.until(() -> left().isEmpty());
      assertEquals(List.of(), List.copyOf(uncaught));
      try (Database reopened = Database.open(settings)) {
        assertEquals(
            List.copyOf(server.acknowledged),
            reopened.eventStore().readAfter(server.draft, 1, server.acknowledged.size()));
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static Set<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> STARTED.stream().anyMatch(name::startsWith))
        .collect(Collectors.toSet());
  }

  /** A server in parts, as a service that embeds it makes it. */
  private static final class Server {
    private final Database database = Database.open(settings);
    private final RoomHub rooms = RoomHub.builder(database.eventStore()).start();
    private final IdSource ids = IdSource.random();
    private final DraftCommands commands =
        new DraftCommands(database.eventStore(), rooms, DraftLimits.defaults(), ids);
    private final TurnTimer timer =
        TurnTimer.builder(new TurnTimeouts(commands, database.turnDeadlines(), database.clock()))
            .start();
    private final WebSocketTransport sockets =
        new WebSocketTransport(
            rooms,
            new AccessServices(
                credentials -> new Authenticated(ANA, null),
                ClientAddress.direct(),
                AuditLog.none()),
            WebSocketSettings.defaults(),
            database.clock());
    private final Listener listener =
        Listener.builder("127.0.0.1", 0).with(sockets::install).start("http.port");
    private final DraftId draft =
        ((Committed)
                commands.create(
                    new CreateDraft(ANA, Instant.now(), NewDraft.titled("Tale")),
                    CommandOptions.none()))
            .draft();

    /** What the writer was told to be committed; whole commits, in order. */
    private final Queue<RecordedEvent> acknowledged = new ConcurrentLinkedQueue<>();

    private final Thread writer = Thread.ofVirtual().unstarted(this::appendUntilInterrupted);
    private volatile boolean writing = true;

    void close(Part part) {
      switch (part) {
        case ROOMS -> rooms.close();
        case DATABASE -> database.close();
        case TIMER -> timer.close();
        case SOCKETS -> {
          sockets.close();
          listener.close();
        }
      }
    }

    void watch() {
      WebSocket unused =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(listener.url().replace("http", "ws") + "/v1/ws/drafts/" + draft),
                  new WebSocket.Listener() {})
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
      Eventually.until(() -> rooms.subscribers() == 1);
    }

    void write() {
      writer.start();
    }

    void stopWriting() throws InterruptedException {
      writing = false;
      assertTrue(writer.join(Duration.ofSeconds(20)));
    }

    private void appendUntilInterrupted() {
      while (writing) {
        NewSegment segment = new NewSegment(new SegmentId(ids.next()), "and then");
        try {
          acknowledged.addAll(
              ((Committed)
                      commands.handle(
                          draft,
                          new AppendSegment(ANA, Instant.now(), segment, null),
                          CommandOptions.none()))
                  .events());
        } catch (StoreUnavailableException | CommitInDoubtException notAcknowledged) {
          return;
        }
      }
    }
  }
}
