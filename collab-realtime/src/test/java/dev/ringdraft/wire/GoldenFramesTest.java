package dev.ringdraft.wire;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.TITLE;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frames that both sides of the wire are tested against are what the server writes. */
final class GoldenFramesTest {
  private static final Path FRAMES = Path.of("..", "docs", "protocol", "frames");

  static List<RecordedEvent> events() {
    return List.of(
        recorded(1, new DraftCreated(ANA, NOW, TITLE, Platform.BLOG, null)),
        recorded(2, segment(ANA, 0, "Once upon a time")),
        recorded(3, contributor(BEN)),
        recorded(4, passed(ANA, BEN, 2)),
        recorded(6, left(BEN)),
        recorded(
            7,
            new DraftUpdated(
                ANA, NOW, new DraftChange("The lighthouse keeper", DraftStatus.LOCKED, null))),
        recorded(8, new RingRequested(BEN, NOW)),
        recorded(9, new RingRequestRemoved(ANA, NOW, BEN, RequestEnd.DECLINED)),
        recorded(
            10,
            new CollaboratorUpdated(
                ANA, NOW, BEN, new MemberChange(Role.VIEWER, true), UpdateReason.CREATOR)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_written_as_its_golden_frame(RecordedEvent event) throws IOException {
    Path frame = FRAMES.resolve(EventJson.type(event.event()) + ".json");

    assertEquals(Files.readString(frame, StandardCharsets.UTF_8), EventJson.of(event) + "\n");
  }

  static List<Path> frames() throws IOException {
    try (Stream<Path> files = Files.list(FRAMES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void a_golden_frame_is_read_and_written_again_to_the_byte(Path frame) throws IOException {
    String golden = Files.readString(frame, StandardCharsets.UTF_8).strip();

    ServerFrame read = ServerFrame.read(golden);

    assertEquals(golden, read.json());
  }

  @Test
  void every_type_of_event_has_one_golden_frame() throws IOException {
    Set<String> written =
        events().stream()
            .map(event -> EventJson.type(event.event()) + ".json")
            .collect(Collectors.toSet());

    try (Stream<Path> files = Files.list(FRAMES)) {
      assertEquals(
          written,
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("collab."))
              .collect(Collectors.toSet()));
    }
    assertEquals(DraftEvent.class.getPermittedSubclasses().length, written.size());
  }

  private static RecordedEvent recorded(long revision, DraftEvent event) {
    return new RecordedEvent(DRAFT, revision, event);
  }
}
