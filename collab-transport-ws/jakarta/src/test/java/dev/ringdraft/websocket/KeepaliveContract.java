package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.websocket.config.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KeepaliveContract {
  private final SocketServer.Factory transport;

  protected KeepaliveContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  private static final int PING = 9;
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

  private SocketServer server(Duration pingEvery, Duration silentAfter) throws Exception {
    WebSocketSettings settings =
        SocketServer.roomy().toBuilder().pingEvery(pingEvery).silentAfter(silentAfter).build();
    return transport.start(
        settings,
        RoomSettings.defaults(),
        new SocketServer.Surroundings() {
          @Override
          public int httpIdleSeconds() {
            return 1;
          }
        });
  }

  private static RawClient watch(SocketServer server, DraftId draft) throws IOException {
    RawClient client = new RawClient(server);
    client.handshake("GET /v1/ws/drafts/" + draft + "?presence=false HTTP/1.1");
    client.greeting();
    return client;
  }

  @Test
  void the_pings_of_a_crowd_are_spread_and_one_thread_sends_them() throws Exception {
    try (SocketServer server = server(Duration.ofSeconds(4), Duration.ofMinutes(1))) {
      DraftId draft = server.draft();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        clients.add(watch(server, draft));
      }
      long began = System.nanoTime();
      int[] inSecond = new int[8];
      List<Thread> readers = new ArrayList<>();
      for (RawClient client : clients) {
        readers.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    assertArrayEquals(new byte[0], client.frame(PING));
                    int second = (int) ((System.nanoTime() - began) / 1_000_000_000);
                    synchronized (inSecond) {
                      inSecond[Math.min(second, 7)]++;
                    }
                  } catch (IOException nothingCame) {
                    // It is missing in the count.
                  }
                }));
      }
      for (Thread reader : readers) {
        reader.join();
      }
      int all = 0;
      for (int second : inSecond) {
        all += second;
        assertTrue(second <= 60, second + " pings in one second");
      }
      assertEquals(100, all);
      Eventually.until(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                      .filter(thread -> thread.getName().equals("websocket-timer"))
                      .count()
                  == 1);
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void who_is_silent_is_ended_and_who_answers_pings_is_not() throws Exception {
    try (SocketServer server = server(Duration.ofSeconds(1), Duration.ofMillis(2_500));
        RawClient silent = watch(server, server.draft());
        RawClient answering = watch(server, server.draft())) {
      Thread answers =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 6; i++) {
                    answering.frame(PING);
                    answering.send(PONG);
                  }
                } catch (IOException ended) {
                  // The count below shows it.
                }
              });
      assertEquals(4002, silent.closeCode());
      Eventually.until(() -> server.openSockets() == 1);
      answers.join();
      assertEquals(1, server.openSockets());
    }
  }

  @Test
  void a_client_whose_network_is_gone_is_let_go_although_it_never_says_so() throws Exception {
    try (SocketServer server = server(Duration.ofSeconds(1), Duration.ofSeconds(2));
        RawClient gone = watch(server, server.draft())) {
      assertEquals(1, server.openSockets());
      // It neither reads nor sends nor ends.
      Eventually.until(() -> server.openSockets() == 0);
      Eventually.until(() -> server.connections().open() == 0);
      gone.untilReset();
    }
  }

  @Test
  void a_socket_outlives_the_time_that_http_lets_a_connection_idle() throws Exception {
    // The first ping is due at any moment of the first day: surely none of these.
    try (SocketServer server = server(Duration.ofDays(1), Duration.ofDays(2));
        RawClient quiet = watch(server, server.draft())) {
      assertFalse(quiet.hearsWithin(Duration.ofSeconds(4)));
      assertEquals(1, server.openSockets());
    }
  }
}
