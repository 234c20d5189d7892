package dev.ringdraft.websocket.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the server says is what the golden frames say, to the byte. */
final class ServerMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  private static String golden(String type) throws IOException {
    return Files.readString(Path.of("../docs/protocol/frames", type + ".json")).strip();
  }

  @Test
  void connected() throws Exception {
    assertEquals(
        golden("connected"),
        ServerMessages.connected(
            new DraftId("0197f3a0-0000-7000-8000-000000000001"),
            new UserId("vera"),
            "0197f3a0-0000-7000-8000-000000000003",
            NOW,
            new DraftVersion(new Epoch("e1"), 7),
            true,
            Duration.ofSeconds(30)));
  }

  @Test
  void snapshot_required() throws Exception {
    assertEquals(golden("snapshot_required"), ServerMessages.snapshotRequired());
  }

  @Test
  void pong() throws Exception {
    assertEquals(golden("pong"), ServerMessages.pong(NOW, 7));
  }

  @Test
  void auth_expiring() throws Exception {
    assertEquals(golden("auth_expiring"), ServerMessages.authExpiring(Duration.ofSeconds(15)));
  }

  @Test
  void draining() throws Exception {
    assertEquals(golden("draining"), ServerMessages.draining(Duration.ofSeconds(5)));
  }

  @Test
  void error() throws Exception {
    assertEquals(
        golden("error"),
        ServerMessages.error(
            "unknown_message", "type: subscribe (expected: ping, auth or presence)"));
  }
}
