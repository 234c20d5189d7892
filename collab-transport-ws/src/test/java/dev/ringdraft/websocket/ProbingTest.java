package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.room.RoomSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may open a socket, and what everybody else can tell from being refused. */
final class ProbingTest {
  private static final UserId VERA = new UserId("vera");
  private static final UserId DORA = new UserId("dora");

  /** Counts how often a handshake looks for a draft. */
  private static final class Counting extends SocketServer.Surroundings {
    final AtomicInteger loads = new AtomicInteger();

    @Override
    public DraftEventStore around(DraftEventStore store) {
      return new RelayingStore(store) {
        @Override
        public Optional<DraftHead> load(DraftId draft, UserId member) {
          loads.incrementAndGet();
          return super.load(draft, member);
        }
      };
    }
  }

  private final Counting counting = new Counting();
  private LiveServer server;
  private DraftId draft;

  @BeforeEach
  void start() throws Exception {
    server = new LiveServer(SocketServer.roomy(), RoomSettings.defaults(), counting);
    draft = server.draft();
    for (UserId user : List.of(VERA, DORA)) {
      server.handle(draft, new AddCollaborator(SocketServer.ANA, Instant.now(), user, Role.VIEWER));
    }
    server.handle(draft, new RemoveCollaborator(SocketServer.ANA, Instant.now(), DORA));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** All that the server says to a handshake, and how often it looked for the draft. */
  private record Trace(String answer, int loads) {}

  private Trace refusalOf(String id, String query, String user) throws IOException {
    int before = counting.loads.get();
    try (RawClient client = new RawClient(server).with("X-User-Id", user)) {
      client.with("X-Request-Id", "probe");
      String head = client.handshake("GET /v1/ws/drafts/%s%s HTTP/1.1".formatted(id, query));
      assertTrue(head.startsWith("HTTP/1.1 404 "), head);
      String answer = head + new String(client.rest(), StandardCharsets.UTF_8);
      return new Trace(answer.replaceFirst("Date: .*\r\n", ""), counting.loads.get() - before);
    }
  }

  private String statusLine(@Nullable String user) throws IOException {
    try (RawClient client = new RawClient(server).with("X-User-Id", user)) {
      return client.handshake("GET /v1/ws/drafts/%s HTTP/1.1".formatted(draft)).substring(0, 12);
    }
  }

  @Test
  void every_member_may_look_and_nobody_else_may() throws Exception {
    for (String member : List.of("ana", "ben", "vera")) {
      assertEquals("HTTP/1.1 101", statusLine(member), member);
    }
    for (String other : List.of("dora", "zed")) {
      assertEquals("HTTP/1.1 404", statusLine(other), other);
    }
    assertEquals("HTTP/1.1 401", statusLine(null));
  }

  @Test
  void a_stranger_gets_the_404_of_a_draft_that_is_not_there() throws Exception {
    for (String query : List.of("", "?after=0", "?after=1&epoch=e", "?presence=false&echo=false")) {
      Trace none = refusalOf("no-such-draft", query, "zed");

      assertEquals(none, refusalOf(draft.value(), query, "zed"));
      assertEquals(none, refusalOf(draft.value(), query, "dora"));
      try (SocketClient ben = SocketClient.connect(server, "/v1/ws/drafts/" + draft, "ben")) {
        ben.next("connected");
        assertEquals(none, refusalOf(draft.value(), query, "zed"));
      }
    }
  }

  @Test
  void a_token_in_the_address_is_nobody_s() throws Exception {
    for (String name : List.of("access_token", "token", "bearer", "authorization")) {
      try (RawClient client = new RawClient(server).with("X-User-Id", null)) {
        String head =
            client.handshake("GET /v1/ws/drafts/%s?%s=ben HTTP/1.1".formatted(draft, name));
        assertTrue(head.startsWith("HTTP/1.1 401 "), head);
      }
    }
  }
}
