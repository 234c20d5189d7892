package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Presence is written as the golden frames say, to the byte. */
final class PresenceJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  private static String golden(String type) throws IOException {
    return Files.readString(Path.of("../docs/protocol/frames", type + ".json")).strip();
  }

  @Test
  void presence_state() throws Exception {
    assertEquals(
        golden("presence_state"),
        PresenceJson.of(
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
        PresenceJson.of(
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
        PresenceJson.of(new PresenceState(List.of(), 3)));
  }
}
