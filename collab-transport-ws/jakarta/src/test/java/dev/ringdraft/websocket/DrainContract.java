package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.websocket.handshake.ConnectionLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DrainContract {
  private final SocketServer.Factory transport;

  protected DrainContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  SocketServer server;
  private DraftId draft;

  @BeforeEach
  void start() throws Exception {
    server = transport.start();
    draft = server.draft();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  String path() {
    return "/v1/ws/drafts/" + draft;
  }

  CompletableFuture<Boolean> drain(Duration within) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.drain(within);
          } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
          }
        });
  }

  @Test
  void everybody_is_told_when_to_come_back_and_closed_one_after_the_other() throws Exception {
    List<SocketClient> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SocketClient client = SocketClient.connect(server, path(), "ben");
      client.next("connected");
      clients.add(client);
    }
    Eventually.until(() -> server.openSockets() == 40);
    long began = System.nanoTime();
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(4));
    List<Long> announced = new ArrayList<>();
    for (SocketClient client : clients) {
      announced.add(client.next("draining").get("reconnect_in_ms").asLong());
    }
    assertTrue(announced.stream().distinct().count() >= 35, announced.toString());
    assertTrue(announced.stream().allMatch(wait -> wait < 2_000), announced.toString());
    for (SocketClient client : clients) {
      assertEquals(4000, client.closeCode());
    }
    assertTrue(drained.join());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofMillis(1_500)) > 0, took.toString());
    assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took.toString());
    assertEquals(new ConnectionLimiter.Count(0, 0, 0), server.connections());
    Eventually.until(() -> server.hub.openRooms() == 0);
  }

  @Test
  void what_is_committed_before_the_end_still_arrives() throws Exception {
    List<SocketClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(SocketClient.connect(server, path(), i % 2 == 0 ? "ana" : "ben"));
    }
    for (SocketClient client : clients) {
      client.next("connected");
    }
    Eventually.until(() -> server.openSockets() == clients.size());
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(5));
    SocketClient last = clients.getFirst();
    long longest = -1;
    for (SocketClient client : clients) {
      long wait = client.next("draining").get("reconnect_in_ms").asLong();
      last = wait > longest ? client : last;
      longest = Math.max(wait, longest);
    }
    server.append(draft, "a last word");
    last.next("collab.segment_added");
    assertTrue(drained.join());
    clients.forEach(SocketClient::close);
  }
}
