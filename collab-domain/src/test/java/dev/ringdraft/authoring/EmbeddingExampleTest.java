package dev.ringdraft.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.Decision;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the readme, run. What stands between the marks is what is shown there. */
final class EmbeddingExampleTest {
  private final List<RecordedEvent> events = new ArrayList<>();

  @Test
  void a_service_embeds_the_domain_without_a_server() {
    Instant now = Instant.now();

    // begin embed
    var ana = new UserId("ana");
    var ben = new UserId("ben");
    var ids = IdSource.random();
    var store = new InMemoryDraftEventStore();
    var commands = new DraftCommands(store, events::addAll, DraftLimits.defaults(), ids);

    var title = new CreateDraft(ana, now, NewDraft.titled("Night train"));
    DraftId draft = ((Committed) commands.create(title, CommandOptions.none())).draft();
    var invite = new AddCollaborator(ana, now, ben, Role.CONTRIBUTOR);
    var words = new NewSegment(new SegmentId(ids.next()), "It left at nine.");
    var first = new AppendSegment(ana, now, words, null);
    for (var command : List.of(invite, first, new PassRing(ana, now, ben, null))) {
      commands.handle(draft, command, CommandOptions.none());
    }
    // end embed

    assertEquals(
        List.of(DraftCreated.class, CollaboratorAdded.class, SegmentAdded.class, RingPassed.class),
        events.stream().map(event -> event.event().getClass()).toList());
    assertEquals(ben, store.summary(draft).orElseThrow().ring().ring().holder());
  }

  // begin rule
  @Test
  void a_member_without_the_ring_may_not_append() {
    UserId ana = new UserId("ana");
    UserId ben = new UserId("ben");
    Instant now = Instant.EPOCH;
    var created = new DraftCreated(ana, now, "Night train", null, null);
    var joined = new CollaboratorAdded(ana, now, ben, Role.CONTRIBUTOR);
    var append = new AppendSegment(ben, now, new NewSegment(new SegmentId("s1"), "My turn?"), null);
    var decision = Draft.replay(List.of(created, joined)).decide(append, DraftLimits.defaults());
    assertEquals(new Decision.Rejected(new RingNotHeld(ana)), decision);
  }

  // end rule

  @Test
  void the_examples_are_short() throws IOException {
    assertTrue(lines("embed") <= 15, "the first example has more than 15 lines");
    assertTrue(lines("rule") <= 12, "the second example has more than 12 lines");
  }

  private static long lines(String mark) throws IOException {
    List<String> source =
        Files.readAllLines(
            Path.of("src/test/java/dev/ringdraft/authoring/EmbeddingExampleTest.java"));
    int begin = indexOf(source, "// begin " + mark);
    int end = indexOf(source, "// end " + mark);
    return source.subList(begin + 1, end).stream().filter(line -> !line.isBlank()).count();
  }

  private static int indexOf(List<String> source, String mark) {
    return source.stream().map(String::strip).toList().indexOf(mark);
  }
}
