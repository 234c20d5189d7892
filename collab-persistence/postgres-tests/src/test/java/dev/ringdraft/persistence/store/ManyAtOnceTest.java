package dev.ringdraft.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one database, and many who write at once. */
@Timeout(60)
class ManyAtOnceTest {
  private static final int APPENDS = 30;
  private static final int PASSES = 50;

  private static Database one;
  private static Database other;

  private List<DraftCommands> servers;
  private DraftId draft;

  @BeforeAll
  static void open() {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    one = Database.open(settings);
    other = Database.open(settings);
  }

  @AfterAll
  static void close() {
    one.close();
    other.close();
  }

  @BeforeEach
  void beginADraft() {
    servers = List.of(commands(one), commands(other));
    CreateDraft create = new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE));
    draft =
        assertInstanceOf(Committed.class, servers.getFirst().create(create, CommandOptions.none()))
            .draft();
    add(Cast.BEN);
    add(Cast.CLEO);
  }

  @Test
  void of_30_appends_at_once_all_acknowledged_ones_are_stored_and_contiguous() {
    List<Outcome> outcomes =
        Concurrently.atOnce(APPENDS, i -> send(i, append("segment " + i), "append-" + i));

    List<Segment> segments = segments();
    assertEquals(
        IntStream.range(0, segments.size()).boxed().toList(),
        segments.stream().map(Segment::position).toList());
    Set<String> acknowledged = new HashSet<>();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Committed committed ->
            acknowledged.add(segment(committed.events().getFirst()).content());
        case Outcome.Contended contended -> {}
        default -> throw new AssertionError(outcome);
      }
    }
    assertTrue(acknowledged.size() >= 2, acknowledged::toString);
    assertEquals(acknowledged, new HashSet<>(segments.stream().map(Segment::content).toList()));
    assertEquals(acknowledged.size(), segments.size());
  }

  @Test
  void of_two_passes_at_once_exactly_one_wins_each_time() {
    UserId holder = Cast.ANA;
    for (int round = 0; round < PASSES; round++) {
      UserId from = holder;
      String key = "pass-" + round + "-";
      List<UserId> receivers = new ArrayList<>(List.of(Cast.ANA, Cast.BEN, Cast.CLEO));
      receivers.remove(from);
      List<Outcome> outcomes =
          Concurrently.atOnce(
              2, i -> send(i, new PassRing(from, Cast.NOW, receivers.get(i), null), key + i));
      List<UserId> winners =
          IntStream.range(0, 2)
              .filter(i -> outcomes.get(i) instanceof Committed)
              .mapToObj(receivers::get)
              .toList();
      assertEquals(1, winners.size(), "round " + round + ": " + outcomes);
      holder = winners.getFirst();
    }
    assertEquals(PASSES + 1, one.catalog().summary(draft).orElseThrow().ring().ring().term());
  }

  @Test
  void one_command_sent_to_both_servers_at_once_is_carried_out_once() {
    for (int round = 0; round < 20; round++) {
      String words = "words " + round;
      List<Outcome> outcomes = Concurrently.atOnce(2, i -> send(i, append(words), words));
      Committed first = assertInstanceOf(Committed.class, outcomes.get(0));
      Committed second = assertInstanceOf(Committed.class, outcomes.get(1));
      assertEquals(first.events(), second.events());
    }
    assertEquals(20, segments().size());
  }

  @Test
  void a_retry_after_the_ring_has_moved_gives_the_first_outcome() {
    DraftCommand append = append("words");
    Committed first = assertInstanceOf(Committed.class, send(0, append, "append"));
    assertInstanceOf(
        Committed.class, send(0, new PassRing(Cast.ANA, Cast.NOW, Cast.BEN, null), "pass"));

    Committed again = assertInstanceOf(Committed.class, send(1, append, "append"));

    assertEquals(first.events(), again.events());
    assertTrue(again.replayed());
    assertEquals(1, segments().size());
  }

  private static DraftCommands commands(Database database) {
    return new DraftCommands(
        database.eventStore(), CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  private void add(UserId user) {
    assertInstanceOf(
        Committed.class,
        send(0, new AddCollaborator(Cast.ANA, Cast.NOW, user, Role.CONTRIBUTOR), "add-" + user));
  }

  private static AppendSegment append(String content) {
    SegmentId segment = new SegmentId(UUID.randomUUID().toString());
    return new AppendSegment(Cast.ANA, Cast.NOW, new NewSegment(segment, content), null);
  }

  private Outcome send(int server, DraftCommand command, String key) {
    return servers
        .get(server % servers.size())
        .handle(draft, command, CommandOptions.once(new IdempotencyKey(key)));
  }

  private List<Segment> segments() {
    return one.catalog().view(draft).orElseThrow().segments();
  }

  private static Segment segment(RecordedEvent event) {
    return assertInstanceOf(SegmentAdded.class, event.event()).segment();
  }
}
