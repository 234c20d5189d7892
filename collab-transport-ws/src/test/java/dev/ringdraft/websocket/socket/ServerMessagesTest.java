package dev.ringdraft.websocket.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void presence_state() throws Exception {
    assertEquals(
        golden("presence_state"),
        ServerMessages.presenceState(
            new PresenceState(
                List.of(
                    new Present(new UserId("ana"), 2, NOW, Activity.TYPING),
                    new Present(new UserId("vera"), 1, NOW, Activity.VIEWING)),
                0)));
  }

  @Test
  void presence_diff() throws Exception {
    assertEquals(
        golden("presence_diff"),
        ServerMessages.presenceDifference(
            new PresenceState.Difference(
                List.of(new Present(new UserId("cleo"), 1, NOW, Activity.VIEWING)),
                List.of(new Present(new UserId("ana"), 1, NOW, Activity.TYPING)),
                List.of(new UserId("ben")),
                0)));
  }

  @Test
  void those_who_are_not_named_are_counted() {
    assertEquals(
        "{\"type\":\"presence_state\",\"users\":[],\"others\":3}",
        ServerMessages.presenceState(new PresenceState(List.of(), 3)));
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
