package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.Authenticator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import dev.ringdraft.websocket.handshake.Handshake;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a handshake fails, nothing of it is left. */
final class FailedHandshakeTest {
  private static final String ID = "X-Request-Id: ";

  /** Fails when it is told to. */
  private static final class Brittle extends SocketServer.Surroundings {
    volatile boolean failingAuthenticator;
    volatile boolean unavailableStore;
    volatile boolean failingStore;
    final Semaphore asked = new Semaphore(0);
    final Semaphore proceed = new Semaphore(1);
    final AtomicInteger authenticated = new AtomicInteger();
    final AtomicInteger instantsLeft = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public Authenticator around(Authenticator authenticator) {
      return credentials -> {
        if (failingAuthenticator) {
          throw new IllegalStateException("on purpose: the authenticator fails");
        }
        asked.release();
        proceed.acquireUninterruptibly();
        proceed.release();
        try {
          return authenticator.authenticate(credentials);
        } finally {
          authenticated.incrementAndGet();
        }
      };
    }

    @Override
    public DraftEventStore around(DraftEventStore store) {
      return new BrittleStore(store, this);
    }

    @Override
    public InstantSource clock() {
      return () -> {
        if (instantsLeft.getAndDecrement() <= 0) {
          throw new IllegalStateException("on purpose: the clock fails");
        }
        return Instant.now();
      };
    }
  }

  private record BrittleStore(DraftEventStore sound, Brittle brittle) implements DraftEventStore {
    private DraftEventStore store() {
      if (brittle.unavailableStore) {
        throw new StoreUnavailableException("on purpose: the store is away", new IOException());
      }
      if (brittle.failingStore) {
        throw new IllegalStateException("on purpose: the store fails");
      }
      return sound;
    }

    @Override
    public Optional<DraftHead> load(DraftId draft, UserId member) {
      return store().load(draft, member);
    }

    @Override
    public Optional<DraftHead> load(DraftId draft, CommandKey command) {
      return store().load(draft, command);
    }

    @Override
    public AppendResult append(Commit commit) {
      return store().append(commit);
    }

    @Override
    public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
      return store().readAfter(draft, revision, limit);
    }

    @Override
    public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
      return store().heads(drafts);
    }

    @Override
    public Epoch epoch() {
      return store().epoch();
    }
  }

  private final Brittle brittle = new Brittle();
  private LiveServer server;
  private DraftId draft;

  @BeforeEach
  void start() throws IOException {
    server = new LiveServer(SocketServer.roomy(), RoomSettings.defaults(), brittle);
    draft = server.draft();
  }

  @AfterEach
  void nothing_is_left() {
    Eventually.until(
        () -> server.transport.connections().count().equals(new ConnectionLimiter.Count(0, 0, 0)));
    Eventually.until(() -> server.hub.openRooms() == 0);
    Eventually.until(() -> server.hub.subscribers() == 0);
    Eventually.until(() -> server.transport.openSockets() == 0);
    server.close();
  }

  private String requestLine() {
    return "GET /v1/ws/drafts/" + draft + " HTTP/1.1";
  }

  private void assertRefused(RawClient refused, int status) throws IOException {
    try (RawClient client = refused) {
      String head = client.handshake(requestLine());
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
      client.rest();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version,8,426",
    "Sec-WebSocket-Key,short,400",
    "Origin,https://evil.example,403",
    "X-User-Id,,401",
    "X-User-Id,zed,404"
  })
  void by_what_was_asked(String header, String value, int status) throws Exception {
    assertRefused(new RawClient(server).with(header, value), status);
  }

  @Test
  void by_the_authenticator() throws Exception {
    brittle.failingAuthenticator = true;
    assertRefused(new RawClient(server), 500);
  }

  @Test
  void by_a_fault_that_the_log_names_under_the_id_in_the_answer() throws Exception {
    brittle.failingAuthenticator = true;
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    Logger logger = Logger.getLogger(Handshake.class.getName());
    Handler handler = new Recorder(logged);
    logger.addHandler(handler);
    try (RawClient client = new RawClient(server)) {
      String head = client.handshake(requestLine());
      String id = head.lines().filter(line -> line.startsWith(ID)).findFirst().orElseThrow();
      assertEquals(
          List.of("request " + id.substring(ID.length()) + " failed"), List.copyOf(logged));
      client.rest();
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static final class Recorder extends Handler {
    private final Queue<String> logged;

    Recorder(Queue<String> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void by_a_store_that_is_away() throws Exception {
    brittle.unavailableStore = true;
    assertRefused(new RawClient(server), 503);
    brittle.unavailableStore = false;
  }

  @Test
  void by_a_store_that_fails() throws Exception {
    brittle.failingStore = true;
    assertRefused(new RawClient(server), 500);
    brittle.failingStore = false;
  }

  /** The clock is asked when the socket is made, and when it greets. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void by_a_fault_while_the_socket_opens(int instants) throws Exception {
    try (RawClient client =
        new RawClient(server).with("X-User-Id", null).with("Authorization", "Bearer ben@60000")) {
      brittle.instantsLeft.set(instants);
      client.sendHandshake(requestLine());
      client.untilReset();
    }
  }

  @Test
  void by_a_client_that_goes_before_the_answer() throws Exception {
    brittle.proceed.acquire();
    for (int i = 0; i < 20; i++) {
      RawClient client = new RawClient(server);
      client.sendHandshake(requestLine());
      assertTrue(brittle.asked.tryAcquire(5, TimeUnit.SECONDS));
      if (i % 2 == 0) {
        client.reset();
      } else {
        client.close();
      }
    }
    brittle.proceed.release();
    Eventually.until(() -> brittle.authenticated.get() == 20);
  }
}
