package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.room.RoomSettings;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one client of a crowd does is no harm to the others, and leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SlowConsumerContract {
  private final SocketServer.Factory transport;

  protected SlowConsumerContract(SocketServer.Factory transport) {
    this.transport = transport;
  }

  private static final int CROWD = 200;
  private static final int EVENTS = 400;
  private static final int TEXT = 1;
  private static final int SMALL_BUFFER = 8 << 10;
  private static final long MEBIBYTE = 1 << 20;

  /** Masked by zeros. */
  private static final byte[] PING =
      "\u0081\u008F\0\0\0\0{\"type\":\"ping\"}".getBytes(StandardCharsets.ISO_8859_1);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The usual rooms, but what is stuck is stuck after 5 s. */
  private static RoomSettings impatient() {
    return rooms(RoomSettings.defaults().writeBytes(), Duration.ofSeconds(5));
  }

  private static RoomSettings rooms(int writeBytes, Duration writeTimeout) {
    return RoomSettings.defaults().toBuilder()
        .writeBytes(writeBytes)
        .writeTimeout(writeTimeout)
        .build();
  }

  private static RawClient watch(SocketServer server, DraftId draft, int buffer)
      throws IOException {
    RawClient client = new RawClient(server, buffer);
    client.handshake("GET /v1/ws/drafts/" + draft + "?presence=false HTTP/1.1");
    return client;
  }

  /** Heap and direct memory that is reachable. */
  private static long memory() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
  }

  private static void assertAllComes(RawClient client) throws IOException {
    client.frame(TEXT);
    for (int revision = 3; revision < 3 + EVENTS; revision++) {
      assertEquals(revision, JSON.readTree(client.frame(TEXT)).get("revision").asInt());
    }
  }

  @Test
  void one_that_stops_reading_is_ended_and_the_others_get_everything() throws Exception {
    try (SocketServer server = transport.start(SocketServer.roomy(), impatient());
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      DraftId draft = server.draft();
      List<RawClient> crowd = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        crowd.add(watch(server, draft, 64 << 10));
      }
      RawClient stalled = watch(server, draft, SMALL_BUFFER);
      RawClient reset = watch(server, draft, SMALL_BUFFER);
      RawClient halfClosed = watch(server, draft, SMALL_BUFFER);
      RawClient withinFrame = watch(server, draft, SMALL_BUFFER);
      Eventually.until(() -> server.hub.subscribers() == CROWD + 4);
      long before = memory();

      List<Future<?>> all = new ArrayList<>();
      for (RawClient client : crowd) {
        all.add(
            readers.submit(
                () -> {
                  assertAllComes(client);
                  return null;
                }));
      }
      for (int i = 0; i < EVENTS; i++) {
        server.append(draft, "🐉".repeat(500));
        if (i == EVENTS / 4) {
          reset.reset();
          halfClosed.shutdownOutput();
          withinFrame.send(new byte[] {(byte) 0x81, (byte) 0x90, 0, 0, 0, 0, 'h', 'a', 'l', 'f'});
          withinFrame.shutdownOutput();
        }
      }
      // Stuck for 5 s, seen within 1 s, ended within half a second: the patience of 10 s is ample.
      Eventually.until(() -> server.openSockets() == CROWD);
      for (Future<?> reader : all) {
        reader.get(30, TimeUnit.SECONDS);
      }
      assertEquals(CROWD, server.hub.subscribers());
      assertEquals(CROWD, server.connections().open());
      // The store keeps what was written, some 1 MiB; the window is 256 KiB.
      Eventually.until(() -> memory() - before < 8 * MEBIBYTE);

      for (RawClient client : crowd) {
        client.close();
      }
      stalled.close();
      halfClosed.close();
      withinFrame.close();
    }
  }

  @Test
  void one_that_reads_slowly_stays_and_catches_up_in_order() throws Exception {
    try (SocketServer server = transport.start(SocketServer.roomy(), RoomSettings.defaults())) {
      DraftId draft = server.draft();
      try (RawClient slow = watch(server, draft, SMALL_BUFFER)) {
        Eventually.until(() -> server.hub.subscribers() == 1);
        // More than the kernel takes, and more events than the room's window holds.
        for (int i = 0; i < EVENTS; i++) {
          server.append(draft, "🐉".repeat(200));
        }
        assertAllComes(slow);
      }
    }
  }

  @Test
  void what_is_on_its_way_to_one_is_not_held_against_what_it_asks_meanwhile() throws Exception {
    RoomSettings largeWrites = rooms(200 << 10, RoomSettings.defaults().writeTimeout());
    try (SocketServer server = transport.start(SocketServer.roomy(), largeWrites)) {
      DraftId draft = server.draft();
      for (int i = 0; i < EVENTS; i++) {
        server.append(draft, "🐉".repeat(500));
      }
      try (RawClient slow = new RawClient(server, SMALL_BUFFER)) {
        slow.handshake("GET /v1/ws/drafts/" + draft + "?presence=false&after=2 HTTP/1.1");
        Eventually.until(() -> server.hub.subscribers() == 1);
        slow.send(PING);
        slow.send(PING);
        int pongs = 0;
        int revision = 2;
        slow.frame(TEXT);
        while (revision < 2 + EVENTS || pongs < 2) {
          JsonNode next = JSON.readTree(slow.frame(TEXT));
          if (next.get("type").asText().equals("pong")) {
            pongs++;
          } else {
            assertEquals(++revision, next.get("revision").asInt());
          }
        }
        assertTrue(server.incidents.isEmpty());
      }
    }
  }
}
